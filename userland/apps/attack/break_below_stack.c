/* Takes its own stack away by moving its break below it, and goes on.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("break_below_stack")
{
	memop(MEMOP_BRK, memop_ask(MEMOP_RAM_START) + 64);
	peek(stack_pointer());
	return SURVIVED;
}
