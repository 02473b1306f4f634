/* Takes the buffer before the hardware has been given one.
 *
 * EXPECT: trap
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	self->spare = bad_send_take(&self->send);
}
