/* A reserved field.
 *
 * EXPECT: refuse R7 "'reserved_5' takes what was read only"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	struct bad_control control = bad_control_read(&self->registers->control);

	control.reserved_5 = 0;
}
