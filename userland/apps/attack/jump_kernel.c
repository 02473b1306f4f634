/* Jumps into the kernel's code.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("jump_kernel")
{
	jump(KERNEL_CODE);
	return SURVIVED;
}
