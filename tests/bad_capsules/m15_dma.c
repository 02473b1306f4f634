/* Two channels for one transfer.
 *
 * EXPECT: refuse M15 "cannot be copied"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	self->other = self->send;
}
