/* Two owners, by way of a call.
 *
 * EXPECT: refuse O1 ""
 */

#include "bad.h"

static void bad_g(struct bad *self, struct buffer buffer)
{
	self->spare = buffer_take(&buffer);
}

static void bad_f(struct bad *self)
{
	bad_g(self, self->buffer);
}
