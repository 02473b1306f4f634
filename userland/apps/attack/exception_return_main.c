/* Returns from an exception it is not in: the value for thread mode on the main stack.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("exception_return_main")
{
	jump(0xFFFFFFF9);
	return SURVIVED;
}
