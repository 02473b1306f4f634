/* A function that the compiler calls on its own account.
 *
 * EXPECT: refuse C3 "'abort'"
 */

#include "bad.h"

static void abort(struct bad *self, uint32_t value, uint32_t size)
{
	self->index = value + size;
}

static void bad_f(struct bad *self)
{
	abort(self, 1, 2);
}
