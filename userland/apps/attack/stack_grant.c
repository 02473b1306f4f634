/* Makes a system call with sp at the end of its RAM block, in the process control data. On ARM
 * the hardware stores the frame of the call there; on RISC-V sp is a register like others.
 *
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <attack.h>

ATTACK("stack_grant")
{
	if (trap_with_stack(memop_ask(MEMOP_RAM_END)) != RETURN_SUCCESS) {
		return breach("the command failed");
	}
	return SURVIVED;
}
