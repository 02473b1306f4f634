/* Writes over the kernel's variables.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_kernel_ram")
{
	for (uint32_t address = KERNEL_RAM; address < KERNEL_RAM_END; address += 4) {
		poke(address, 0);
	}
	return SURVIVED;
}
