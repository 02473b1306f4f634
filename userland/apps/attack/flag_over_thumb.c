/* Has the flag of yield-no-wait written over the Thumb bit that the hardware has put on its
 * stack.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("flag_over_thumb")
{
	yield_no_wait_over_frame(31); /* nothing waits: writes 0 */
	return SURVIVED;
}
