/* Sets a bit of the kernel's RAM through the bit-band alias.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("bitband_kernel_ram")
{
	poke(0x22000000, 1); /* bit 0 of 0x20000000 */
	return SURVIVED;
}
