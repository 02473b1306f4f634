/* Executes the last two bytes of its flash, an instruction that does nothing, and what follows.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("run_off_flash")
{
	uint32_t end = memop_ask(MEMOP_FLASH_END);

	if (peek(end - 4) >> 16 != 0) { /* the end of the footers: movs r0, r0 */
		return breach("there is something else at the end of its flash");
	}
	jump(code_address(end - 2));
	return SURVIVED;
}
