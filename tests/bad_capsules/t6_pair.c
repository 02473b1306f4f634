/* Recursion of two.
 *
 * EXPECT: refuse T6 "calls itself"
 */

#include "bad.h"

static void bad_g(struct bad *self);

static void bad_f(struct bad *self)
{
	if (self->index > 0) {
		bad_g(self);
	}
}

static void bad_g(struct bad *self)
{
	self->index--;
	bad_f(self);
}
