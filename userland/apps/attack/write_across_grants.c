/* Takes all the memory it can get and writes a word half of which is the kernel's. Not on ARM, as
 * read_across_grants.
 *
 * ONLY: rv32
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_across_grants")
{
	poke(break_to_grants() - 2, 0);
	return SURVIVED;
}
