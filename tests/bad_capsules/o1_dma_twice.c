/* One buffer for two channels.
 *
 * EXPECT: refuse O1 "has one owner"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self, struct buffer *buffer)
{
	struct buffer again = *buffer;

	self->seen = bad_send_start(&self->send, buffer, 4);
	self->seen = bad_send_start(&self->other, &again, 4);
}
