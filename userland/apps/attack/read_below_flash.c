/* Reads the word below its flash.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_below_flash")
{
	peek(memop_ask(MEMOP_FLASH_START) - 4);
	return SURVIVED;
}
