/* A function that the compiler calls on its own account.
 *
 * EXPECT: refuse C3 "'memset'"
 */

#include "bad.h"

static void memset(struct bad *self, uint32_t value, uint32_t size)
{
	self->index = value + size;
}

static void bad_f(struct bad *self)
{
	memset(self, 1, 2);
}
