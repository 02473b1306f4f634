/* Has the flag of yield-no-wait written over the program counter that the hardware has put on
 * its stack, and so returns into the kernel's code.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("flag_over_counter")
{
	yield_no_wait_over_frame(24 + 2); /* nothing waits: writes 0 */
	return SURVIVED;
}
