/* Writes to the end of the kernel's RAM, from the top down.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_kernel_stack")
{
	for (uint32_t address = KERNEL_RAM_END - 4; address >= KERNEL_RAM; address -= 4) {
		poke(address, 0xFFFFFFFF);
	}
	return SURVIVED;
}
