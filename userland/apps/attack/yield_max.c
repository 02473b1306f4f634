/* Yields in a way that does not exist, number 2^32 - 1.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("yield_max")
{
	trap(CLASS_YIELD, 0xFFFFFFFF, 0, 0, 0);
	return SURVIVED;
}
