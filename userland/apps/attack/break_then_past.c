/* Moves its break up, uses the new memory, moves it down again and uses the memory it no longer
 * has.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("break_then_past")
{
	uint32_t old = app_break();

	if (!succeeded(memop(MEMOP_SBRK, 256))) {
		return breach("the break cannot grow by 256 bytes");
	}
	poke(old + 252, 1);
	memop(MEMOP_BRK, old);
	poke(old + 252, 2);
	return SURVIVED;
}
