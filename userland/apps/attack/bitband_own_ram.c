/* Uses the bit-band alias of its own RAM, which it was not given.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("bitband_own_ram")
{
	poke(0x22000000 + (memop_ask(MEMOP_RAM_START) - 0x20000000) * 32, 1);
	return SURVIVED;
}
