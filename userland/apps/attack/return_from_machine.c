/* Returns from a trap it is not in, by mret.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("return_from_machine")
{
	__asm__ volatile("mret" ::: "t0", "memory");
	return SURVIVED;
}
