/* Numbers that fit their field.
 *
 * EXPECT: accept
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self, uint32_t any, uint16_t small, struct bad_control other)
{
	struct bad_control control = bad_control_read(&self->registers->control);

	control.divisor = 65535;
	control.divisor = small;
	control.divisor = any % 65536;
	control.divisor = any & 0xFFFF;
	control.divisor = (uint16_t)any;
	control.divisor = minimum(any, 1000);
	control.divisor = other.divisor / 2;
	control.divisor = BAD_SPEED_FAST;
	bad_control_write(&self->registers->control, control);
}
