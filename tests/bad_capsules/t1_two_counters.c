/* Two in one head.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0, n = 4; i < n; i++) {
		self->flag = true;
	}
}
