/* Waits for hardware, but not for ever.
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

static bool bad_f(struct bad_chip *self)
{
	for (uint32_t left = 10000000; left > 0; left--) {
		if (self->registers->status != 0) {
			return true;
		}
	}
	return false;
}
