/* Returns from an exception it is not in: the value for handler mode.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("exception_return_handler")
{
	jump(0xFFFFFFF1);
	return SURVIVED;
}
