/* A number for a yes or no.
 *
 * EXPECT: refuse R7 "'enable' takes true and false only"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	struct bad_control control = bad_control_read(&self->registers->control);

	control.enable = self->seen;
}
