/* The address of a register.
 *
 * EXPECT: refuse M17 "a register"
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

static void bad_f(struct bad_chip *self)
{
	self->seen = &self->registers->data != NULL;
}
