/* Makes a system call of the first class that does not exist.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("system_call_8")
{
	trap(8, 0, 0, 0, 0);
	return SURVIVED;
}
