/* Writes the word below its RAM.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_below_ram")
{
	poke(memop_ask(MEMOP_RAM_START) - 4, 0);
	return SURVIVED;
}
