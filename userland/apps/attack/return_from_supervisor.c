/* Returns from a trap it is not in, by sret.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("return_from_supervisor")
{
	__asm__ volatile("sret" ::: "t0", "memory");
	return SURVIVED;
}
