/* Jumps into the kernel's RAM.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("jump_kernel_ram")
{
	jump(code_address(KERNEL_RAM));
	return SURVIVED;
}
