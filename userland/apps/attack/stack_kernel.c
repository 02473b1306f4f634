/* Makes a system call with sp in the kernel's RAM. On ARM the hardware stores the frame of the
 * call there; on RISC-V sp is a register like others.
 *
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <attack.h>

ATTACK("stack_kernel")
{
	if (trap_with_stack(KERNEL_RAM_END) != RETURN_SUCCESS) {
		return breach("the command failed");
	}
	return SURVIVED;
}
