/* A function by way of a pointer.
 *
 * EXPECT: refuse A7 "call through a pointer"
 */

#include "bad.h"

static void bad_g(void)
{
}

static void bad_f(struct bad *self)
{
	(*bad_g)();
	self->index = 0;
}
