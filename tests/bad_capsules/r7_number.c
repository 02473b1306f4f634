/* A number that may not fit.
 *
 * EXPECT: refuse R7 "'divisor' takes numbers up to 65535 only"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	struct bad_control control = bad_control_read(&self->registers->control);

	control.divisor = self->seen;
}
