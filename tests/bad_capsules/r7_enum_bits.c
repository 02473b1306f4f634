/* Two values in one.
 *
 * EXPECT: refuse R7 "'speed' takes values of"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	struct bad_control control = bad_control_read(&self->registers->control);

	control.speed = BAD_SPEED_SLOW | BAD_SPEED_FAST;
}
