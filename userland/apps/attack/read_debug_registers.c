/* Reads the debug mode's program counter.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("read_debug_registers")
{
	__asm__ volatile("csrr t0, dpc" ::: "t0", "memory");
	return SURVIVED;
}
