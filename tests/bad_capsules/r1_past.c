/* The registers behind the block.
 *
 * EXPECT: refuse M6 "array's element"
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

static void bad_g(struct bad_chip *self, uint32_t *p)
{
	self->seen = *p;
}

static void bad_f(struct bad_chip *self)
{
	bad_g(self, &self->registers->reserved[2]);
}
