/* Jumps to where nothing answers.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("jump_nothing")
{
	jump(code_address(NOTHING_THERE));
	return SURVIVED;
}
