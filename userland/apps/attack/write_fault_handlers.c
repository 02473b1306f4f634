/* Disables the fault handlers, so that its faults would become the kernel's.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("write_fault_handlers")
{
	poke(0xE000ED24, 0); /* SCB_SHCSR */
	return SURVIVED;
}
