/* Switches interrupt lines off in the interrupt controller.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("disable_interrupts")
{
	poke(INTERRUPT_DISABLE, 0xFFFFFFFF);
	return SURVIVED;
}
