/* Makes a system call with sp at the top of the address space. On ARM the hardware stores the
 * frame of the call there; on RISC-V sp is a register like others.
 *
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <attack.h>

ATTACK("stack_top")
{
	if (trap_with_stack(0xFFFFFFFC) != RETURN_SUCCESS) {
		return breach("the command failed");
	}
	return SURVIVED;
}
