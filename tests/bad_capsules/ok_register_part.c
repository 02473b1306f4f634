/* A driver keeps one register of a block.
 *
 * EXPECT: accept
 * PROFILE: chip
 */

#include "bad_chip.h"

struct bad_pin {
	struct bad_pins_register *level;
};

static void bad_f(struct bad_pin *self, struct bad_registers *registers)
{
	self->level = ELEMENT(registers->pins, 3);
	bad_pins_set(self->level, 1);
}
