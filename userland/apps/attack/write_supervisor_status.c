/* Writes sstatus.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("write_supervisor_status")
{
	__asm__ volatile("csrw sstatus, zero" ::: "t0", "memory");
	return SURVIVED;
}
