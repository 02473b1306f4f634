/* A block on the stack.
 *
 * EXPECT: refuse M16 "cannot be a local"
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
	struct bad_registers fake = {0};

	self->registers = &fake;
}
