/* Writes to its own header, to be another application from now on.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_own_header")
{
	poke(memop_ask(MEMOP_FLASH_START), 0);
	return SURVIVED;
}
