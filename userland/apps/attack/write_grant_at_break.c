/* Takes all the memory it can get, so that what it reaches ends as close to its grants as it ever
 * does, and writes the first word of these.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_grant_at_break")
{
	poke(break_to_grants(), 0);
	return SURVIVED;
}
