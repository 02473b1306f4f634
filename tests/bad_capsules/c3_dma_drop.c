/* Drops the buffer while the hardware has it.
 *
 * EXPECT: refuse C3 "private_buffer"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	buffer_drop(&self->send.private_buffer);
}
