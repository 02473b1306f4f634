/* A channel that is gone before the hardware has finished.
 *
 * EXPECT: refuse M16 "cannot be a local"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	struct bad_send send = {0};

	bad_send_init(&send, self->registers);
	self->seen = bad_send_start(&send, &self->spare, 4);
}
