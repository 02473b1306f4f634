/* Sets MPRV and MPP in mstatus: data accesses with machine privilege.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("write_machine_status")
{
	__asm__ volatile("li t0, 0x21800; csrs mstatus, t0" ::: "t0", "memory");
	return SURVIVED;
}
