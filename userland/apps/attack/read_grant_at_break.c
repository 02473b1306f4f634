/* Takes all the memory it can get, so that what it reaches ends as close to its grants as it ever
 * does, and reads the first word of these.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_grant_at_break")
{
	peek(break_to_grants());
	return SURVIVED;
}
