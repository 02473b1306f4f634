/* Looks at the bytes while the hardware has them.
 *
 * EXPECT: refuse C3 "private_buffer"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	self->seen = read_span_length(buffer_span(&self->send.private_buffer, 4));
}
