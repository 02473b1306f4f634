/* Executes wfi, which with a supervisor mode present is not for user mode.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("wait_for_interrupt")
{
	__asm__ volatile("wfi" ::: "t0", "memory");
	return SURVIVED;
}
