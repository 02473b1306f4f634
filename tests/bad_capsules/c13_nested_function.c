/* A function in a function needs code on the stack.
 *
 * EXPECT: refuse C13 "function definition is not allowed"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	void inner(void)
	{
	}
	self->index = 0;
}
