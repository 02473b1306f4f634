/* Makes a system call with sp 16 bytes above the bottom of its RAM: half of the frame lies
 * outside. On ARM the hardware stores the frame of the call there; on RISC-V sp is a register
 * like others.
 *
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <attack.h>

ATTACK("stack_bottom")
{
	if (trap_with_stack(memop_ask(MEMOP_RAM_START) + 16) != RETURN_SUCCESS) {
		return breach("the command failed");
	}
	return SURVIVED;
}
