/* Makes a system call with sp in the RAM of another process. On ARM the hardware stores the
 * frame of the call there; on RISC-V sp is a register like others.
 *
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <attack.h>

ATTACK("stack_other")
{
	if (trap_with_stack(other_ram() + 0x400) != RETURN_SUCCESS) {
		return breach("the command failed");
	}
	return SURVIVED;
}
