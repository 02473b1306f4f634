/* Disables the fault handlers, so that its faults would become the kernel's. Where an emulator
 * ignores the write instead of faulting, it goes on to fault.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("write_fault_handlers")
{
	poke(0xE000ED24, 0); /* SCB_SHCSR */
	peek(KERNEL_RAM);
	return SURVIVED;
}
