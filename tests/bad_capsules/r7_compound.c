/* The same by another operator.
 *
 * EXPECT: refuse R7 "'divisor' takes"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	struct bad_control control = bad_control_read(&self->registers->control);

	control.divisor |= 1;
}
