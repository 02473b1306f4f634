/* A number for an enum.
 *
 * EXPECT: refuse R7 "'speed' takes values of 'enum bad_speed' only"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	struct bad_control control = bad_control_read(&self->registers->control);

	control.speed = 5;
}
