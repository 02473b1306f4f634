/* Reads a variable of the kernel.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_kernel_ram")
{
	peek(KERNEL_RAM);
	return SURVIVED;
}
