/* Values of the very enum.
 *
 * EXPECT: accept
 * PROFILE: chip
 */

#include "bad_chip.h"

static enum bad_speed bad_speed(bool fast)
{
	return fast ? BAD_SPEED_FAST : BAD_SPEED_SLOW;
}

static void bad_f(struct bad_chip *self, enum bad_speed speed)
{
	struct bad_control control = bad_control_read(&self->registers->control);

	self->speed = speed;
	control.speed = self->speed;
	control.speed = bad_speed(self->flag);
	control.speed = self->flag ? BAD_SPEED_FAST : speed;
	self->speed = control.speed;
	bad_control_write(&self->registers->control, control);
}
