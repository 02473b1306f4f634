/* Makes a system call with sp in a buffer of another process. On ARM the hardware stores the frame of
 * the call there, and the kernel must not believe it; on RISC-V sp is a register like others.
 *
 * WITH: lender
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <borrow.h>

ATTACK("ipc_stack")
{
	if (trap_with_stack(borrow(256, 64).address + 64) != RETURN_SUCCESS) {
		return breach("the command failed");
	}
	return SURVIVED;
}
