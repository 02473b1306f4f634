/* On the way up, to what may be passed.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 3; i > 0; i++) {
		self->flag = true;
	}
}
