/* Jumps into its grant region.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("jump_own_grant")
{
	jump(code_address(memop_ask(MEMOP_GRANT_START)));
	return SURVIVED;
}
