/* Yields in the first way that does not exist.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("yield_3")
{
	trap(CLASS_YIELD, 3, 0, 0, 0);
	return SURVIVED;
}
