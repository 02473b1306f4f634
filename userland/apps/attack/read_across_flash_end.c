/* Reads a word half of which lies behind its flash. Not on ARM, as read_across_grants.
 *
 * ONLY: rv32
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_across_flash_end")
{
	peek(memop_ask(MEMOP_FLASH_END) - 2);
	return SURVIVED;
}
