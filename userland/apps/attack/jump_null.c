/* Jumps to address 0; on ARM with the Thumb bit, so that it would run.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("jump_null")
{
	jump(code_address(0));
	return SURVIVED;
}
