/* Makes a system call with sp in its flash. On ARM the hardware stores the frame of the call
 * there; on RISC-V sp is a register like others.
 *
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <attack.h>

ATTACK("stack_flash")
{
	if (trap_with_stack(memop_ask(MEMOP_FLASH_START) + 0x100) != RETURN_SUCCESS) {
		return breach("the command failed");
	}
	return SURVIVED;
}
