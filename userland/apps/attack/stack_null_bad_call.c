/* Makes a system call of a class that does not exist, with sp = 0.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("stack_null_bad_call")
{
	bad_call_with_stack(0);
	return SURVIVED;
}
