/* Bits for a yes or no.
 *
 * EXPECT: refuse R7 "'enable' takes true and false only"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	bad_control_write(&self->registers->control,
			  (struct bad_control){.speed = BAD_SPEED_SLOW, .enable = 1});
}
