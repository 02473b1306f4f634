/* Recursion.
 *
 * EXPECT: refuse T6 "'bad_f' calls itself"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	if (self->index > 0) {
		self->index--;
		bad_f(self);
	}
}
