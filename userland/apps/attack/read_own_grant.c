/* Reads what drivers remember about it, in its own grant region.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_own_grant")
{
	peek(memop_ask(MEMOP_GRANT_START));
	return SURVIVED;
}
