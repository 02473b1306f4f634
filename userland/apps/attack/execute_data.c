/* Executes code that it wrote to its data.
 *
 * EXPECT: fault */
#include <attack.h>

static volatile uint32_t code;

ATTACK("execute_data")
{
	code = RETURN_INSTRUCTION;
	__asm__ volatile("" ::: "memory");
	jump(code_address((uint32_t)&code));
	return SURVIVED;
}
