/* Reads mstatus.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("read_machine_status")
{
	__asm__ volatile("csrr t0, mstatus" ::: "t0", "memory");
	return SURVIVED;
}
