/* Makes a system call of class 255.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("system_call_255")
{
	trap(255, 0, 0, 0, 0);
	return SURVIVED;
}
