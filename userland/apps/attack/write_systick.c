/* Stops the SysTick timer and with it preemption. Where an emulator ignores the write instead of
 * faulting, it goes on to see that it had no effect, and to end by a plain fault.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("write_systick")
{
	uint32_t before = peek(0xE000E010); /* SYST_CSR */

	poke(0xE000E010, 0);
	if (peek(0xE000E010) != before) {
		return breach("SysTick was written");
	}
	peek(KERNEL_RAM);
	return SURVIVED;
}
