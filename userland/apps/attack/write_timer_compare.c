/* Puts off the next timer interrupt for ever.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("write_timer_compare")
{
	poke(CLINT_TIMER_COMPARE, 0xFFFFFFFF);
	poke(CLINT_TIMER_COMPARE + 4, 0xFFFFFFFF);
	return SURVIVED;
}
