/* A register without its block.
 *
 * EXPECT: refuse R1 "volatile"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>

struct bad_chip {
	volatile uint32_t *data;
};
