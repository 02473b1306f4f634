/* Makes a system call with a misaligned sp. ARM clears the low bits itself.
 *
 * EXPECT: survives */
#include <attack.h>

ATTACK("stack_misaligned")
{
	if (trap_with_stack(stack_pointer() - 63) != RETURN_SUCCESS) {
		return breach("the command failed");
	}
	return SURVIVED;
}
