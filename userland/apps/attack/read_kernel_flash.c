/* Reads the kernel's code; on ARM its vector table.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_kernel_flash")
{
	peek(KERNEL_FLASH);
	return SURVIVED;
}
