/* Executes a breakpoint with sp = 0: one fault while another is being entered.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("stack_null_breakpoint")
{
	breakpoint_with_stack(0);
	return SURVIVED;
}
