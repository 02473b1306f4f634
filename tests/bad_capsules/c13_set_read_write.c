/* Single bits of a register that has numbers in it.
 *
 * EXPECT: refuse C13 "bad_control_set"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	bad_control_set(&self->registers->control, (struct bad_control){.speed = BAD_SPEED_FAST});
}
