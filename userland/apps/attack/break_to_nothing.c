/* Moves its break to the start of its RAM, so that it has none, and goes on.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("break_to_nothing")
{
	memop(MEMOP_BRK, memop_ask(MEMOP_RAM_START));
	peek(stack_pointer());
	return SURVIVED;
}
