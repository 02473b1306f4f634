/* Writes to the kernel's code; where that is RAM it would change it.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_kernel_flash")
{
	poke(KERNEL_FLASH + 0x100, 0);
	return SURVIVED;
}
