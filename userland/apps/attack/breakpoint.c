/* Executes a breakpoint where there is no debugger.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("breakpoint")
{
	instruction_breakpoint();
	return SURVIVED;
}
