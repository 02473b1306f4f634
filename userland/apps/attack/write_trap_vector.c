/* Points mtvec at itself.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("write_trap_vector")
{
	__asm__ volatile("csrw mtvec, t0" ::: "t0", "memory");
	return SURVIVED;
}
