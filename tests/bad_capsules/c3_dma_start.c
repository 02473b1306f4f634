/* What the channel starts with.
 *
 * EXPECT: refuse C3 "bad_control_private_write"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	bad_control_private_write(&self->registers->control, (struct bad_control){.start = true});
}
