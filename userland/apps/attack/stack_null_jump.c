/* Jumps to where nothing answers, with sp = 0: one fault while another is being entered.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("stack_null_jump")
{
	jump_with_stack(0, code_address(NOTHING_THERE));
	return SURVIVED;
}
