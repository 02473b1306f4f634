/* Sets a bit of a device through the bit-band alias of the peripherals.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("bitband_peripheral")
{
	poke(0x42000000 + (GPIO - 0x40000000) * 32, 1);
	return SURVIVED;
}
