/* Starts hardware that it was not given.
 *
 * EXPECT: trap
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	self->seen = bad_send_start(&self->send, &self->spare, 4);
}
