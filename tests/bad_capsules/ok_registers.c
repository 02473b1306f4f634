/* A block handed in, read and written.
 *
 * EXPECT: accept
 * PROFILE: chip
 */

#include "bad_chip.h"

_Static_assert(offsetof(struct bad_registers, pins) == 0x20, "pins");

static void bad_f(struct bad_chip *self, struct bad_registers *registers, uint32_t pin)
{
	struct bad_control control = bad_control_read(&registers->control);

	self->registers = registers;
	control.enable = true;
	control.speed = BAD_SPEED_FAST;
	control.divisor = 3;
	bad_control_write(&registers->control, control);
	bad_control_write(&registers->control, bad_control_reset_value());
	bad_mask_set(&registers->mask, (struct bad_flags){.busy = true});
	bad_mask_clear(&registers->mask, (struct bad_flags){.full = true});
	bad_flags_clear(&registers->flags, bad_status_read(&registers->status));
	bad_pins_set(ELEMENT(registers->pins, pin), 1u << 3);
	(void)bad_pins_read(ELEMENT(registers->pins, 0));
}
