/* What is true or false.
 *
 * EXPECT: accept
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self, struct bad_flags flags)
{
	struct bad_control control = bad_control_read(&self->registers->control);

	control.enable = false;
	control.enable = self->flag;
	control.enable = self->seen > 3 && !flags.busy;
	control.enable = flags.full;
	control.enable = self->seen != 0 ? true : flags.busy;
	bad_control_write(&self->registers->control, control);
}
