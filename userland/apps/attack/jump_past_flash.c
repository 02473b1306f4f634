/* Jumps to the word behind its flash.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("jump_past_flash")
{
	jump(code_address(memop_ask(MEMOP_FLASH_END)));
	return SURVIVED;
}
