/* Reads the word behind its flash.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_past_flash")
{
	peek(memop_ask(MEMOP_FLASH_END));
	return SURVIVED;
}
