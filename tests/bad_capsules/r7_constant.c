/* A number that does not fit.
 *
 * EXPECT: refuse R7 "'divisor' takes numbers up to 65535 only"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	bad_control_write(&self->registers->control,
			  (struct bad_control){.speed = BAD_SPEED_SLOW, .divisor = 65536});
}
