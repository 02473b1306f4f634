/* Loads exclusively from an odd address.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("unaligned_exclusive")
{
	static uint32_t words[2];

	load_exclusive((uint32_t)words + 1);
	return SURVIVED;
}
