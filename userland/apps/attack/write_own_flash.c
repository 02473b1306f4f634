/* Writes to its own code, which it may read and execute only.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_own_flash")
{
	poke(memop_ask(MEMOP_FLASH_START) + 0x80, 0);
	return SURVIVED;
}
