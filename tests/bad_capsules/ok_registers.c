/* A block handed in, read and written.
 *
 * EXPECT: accept
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>

struct bad_registers {
	volatile uint32_t data;
	const volatile uint32_t status;
	uint32_t reserved[2];
	volatile uint32_t pins[4];
};

struct bad_chip {
	struct bad_registers *registers;
	uint32_t seen;
};

_Static_assert(offsetof(struct bad_registers, pins) == 16, "pins");

static void bad_f(struct bad_chip *self, struct bad_registers *registers, uint32_t pin)
{
	self->registers = registers;
	registers->data |= 1u << 3;
	registers->pins[pin] = registers->status;
	for (uint32_t left = 1000; left > 0; left--) {
		if ((registers->status & 1) != 0) {
			break;
		}
	}
	(void)registers->data;
}
