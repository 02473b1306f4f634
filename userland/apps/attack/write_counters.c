/* Sets the cycle counter.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("write_counters")
{
	__asm__ volatile("csrw mcycle, zero" ::: "t0", "memory");
	return SURVIVED;
}
