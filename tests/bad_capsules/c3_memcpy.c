/* GCC calls memcpy for the struct, and finds this one: with two addresses of its own for a number and an object.
 *
 * EXPECT: refuse C3 "'memcpy'"
 */

#include "bad.h"

static void memcpy(struct bad *self, uint32_t from, uint32_t size)
{
	self->index = from + size;
}

static void bad_f(struct bad_app *to, const struct bad_app *from)
{
	*to = *from;
}
