/* Executes code that it wrote to its stack.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("execute_stack")
{
	volatile uint32_t code = RETURN_INSTRUCTION;

	jump(code_address((uint32_t)&code));
	return SURVIVED;
}
