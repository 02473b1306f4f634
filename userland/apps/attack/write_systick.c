/* Stops the SysTick timer and with it preemption.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("write_systick")
{
	poke(0xE000E010, 0); /* SYST_CSR */
	return SURVIVED;
}
