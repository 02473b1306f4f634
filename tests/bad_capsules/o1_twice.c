/* The same buffer at two places.
 *
 * EXPECT: refuse O1 "'buffer'"
 */

#include "bad.h"

static void bad_g(struct bad *self, struct buffer buffer)
{
	self->spare = buffer;
	self->buffer = buffer_take(&buffer);
}
