/* Waits for days.
 *
 * EXPECT: refuse T5 "steps, the limit is"
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
	for (uint32_t i = 0; i < 1000000; i++) {
		for (uint32_t j = 0; j < 1000000; j++) {
			self->seen = self->registers->status;
		}
	}
}
