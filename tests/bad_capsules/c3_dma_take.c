/* Takes the buffer past the channel.
 *
 * EXPECT: refuse C3 "private_buffer"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	self->spare = buffer_take(&self->send.private_buffer);
}
