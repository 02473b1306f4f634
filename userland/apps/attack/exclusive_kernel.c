/* Loads exclusively from the kernel's RAM.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("exclusive_kernel")
{
	load_exclusive(KERNEL_RAM);
	return SURVIVED;
}
