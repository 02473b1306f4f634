/* Resets the machine, or switches it off.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("reset_machine")
{
	poke(RESET_REGISTER, RESET_VALUE);
	return SURVIVED;
}
