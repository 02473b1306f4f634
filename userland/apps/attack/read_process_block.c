/* Reads the last word of its RAM block, which is the kernel's: process control data.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_process_block")
{
	peek(memop_ask(MEMOP_RAM_END) - 4);
	return SURVIVED;
}
