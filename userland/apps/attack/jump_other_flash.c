/* Jumps into the code of another application.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("jump_other_flash")
{
	jump(code_address(other_flash() + 0x80));
	return SURVIVED;
}
