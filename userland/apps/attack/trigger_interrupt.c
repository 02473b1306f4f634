/* Raises an interrupt by the software trigger register.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("trigger_interrupt")
{
	poke(0xE000EF00, 5); /* STIR */
	return SURVIVED;
}
