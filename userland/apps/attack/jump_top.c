/* Jumps to the highest word of the address space.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("jump_top")
{
	jump(code_address(0xFFFFFFFC));
	return SURVIVED;
}
