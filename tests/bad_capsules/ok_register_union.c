/* Two registers at one address.
 *
 * EXPECT: accept
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>

struct bad_registers {
	union {
		const volatile uint8_t identity; /* when read */
		volatile uint8_t control;        /* when written */
	};
	volatile uint8_t data;
};

static uint32_t bad_f(struct bad_registers *registers)
{
	registers->control = 1;
	return registers->identity;
}
