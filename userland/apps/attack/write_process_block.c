/* Writes over the end of its RAM block, which is the kernel's: process control data.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_process_block")
{
	uint32_t start = memop_ask(MEMOP_GRANT_START);

	for (uint32_t address = memop_ask(MEMOP_RAM_END) - 4; address >= start; address -= 4) {
		poke(address, 0);
	}
	return SURVIVED;
}
