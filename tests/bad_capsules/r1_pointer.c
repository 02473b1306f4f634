/* A pointer to a register can be any.
 *
 * EXPECT: refuse R1 "volatile"
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

static void bad_g(volatile uint32_t *p)
{
	*p = 1;
}
