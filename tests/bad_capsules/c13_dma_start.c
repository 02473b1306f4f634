/* Starts hardware with the address that it had.
 *
 * EXPECT: refuse C13 "bad_control_write"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	bad_control_write(&self->registers->control, (struct bad_control){.start = true});
}
