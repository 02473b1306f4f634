/* Raises the kernel's software interrupt.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("write_software_interrupt")
{
	poke(CLINT_SOFTWARE_INTERRUPT, 1);
	return SURVIVED;
}
