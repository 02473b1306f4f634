/* The first one is gone.
 *
 * EXPECT: refuse O4 "still holds"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine = buffer_take(&self->buffer);

	mine = buffer_take(&self->spare);
	self->buffer = buffer_take(&mine);
}
