/* Executes code in a buffer that it shares with a driver.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("execute_shared_buffer")
{
	static uint32_t code[4] = {RETURN_INSTRUCTION, RETURN_INSTRUCTION};

	allow_read_only(DRIVER_CONSOLE, 0, code, sizeof(code));
	jump(code_address((uint32_t)code));
	return SURVIVED;
}
