/* One of two buffers is dropped.
 *
 * EXPECT: refuse O1 "has one owner and is copied"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->flag ? buffer_take(&self->buffer) : buffer_take(&self->spare);
}
