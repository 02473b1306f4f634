/* What the hardware gave back is dropped.
 *
 * EXPECT: refuse O2 "dropped by this call"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	(void)bad_send_take(&self->send);
}
