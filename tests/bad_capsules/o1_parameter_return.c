/* A copy, returned.
 *
 * EXPECT: refuse O1 "'buffer'"
 */

#include "bad.h"

static struct buffer bad_g(struct buffer buffer)
{
	return buffer;
}

static void bad_f(struct bad *self)
{
	self->buffer = bad_g(buffer_take(&self->spare));
}
