/* Moves the vector table into its own RAM.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("write_vector_offset")
{
	poke(0xE000ED08, memop_ask(MEMOP_RAM_START)); /* SCB_VTOR */
	return SURVIVED;
}
