/* Reads one word of which half lies below its RAM.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_across_bottom")
{
	peek(memop_ask(MEMOP_RAM_START) - 2);
	return SURVIVED;
}
