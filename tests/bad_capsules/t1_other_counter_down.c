/* The same on the way down.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 4; self->index != 0; i--) {
		self->flag = true;
	}
}
