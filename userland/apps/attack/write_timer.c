/* Sets the timer that the kernel counts by.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_timer")
{
	poke(TIMER, 0);
	return SURVIVED;
}
