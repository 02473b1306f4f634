/* Reads the word below its RAM.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_below_ram")
{
	peek(memop_ask(MEMOP_RAM_START) - 4);
	return SURVIVED;
}
