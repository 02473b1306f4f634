/* A byte of an empty buffer.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = buffer_get(&self->buffer, 0);
}
