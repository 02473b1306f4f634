/* Moves the vector table into its own RAM. Where an emulator ignores the write instead of
 * faulting, it goes on to make a system call by the table and to end by a plain fault.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <alarm.h>
#include <attack.h>

ATTACK("write_vector_offset")
{
	poke(0xE000ED08, memop_ask(MEMOP_RAM_START)); /* SCB_VTOR */
	alarm_sleep_ms(10);
	peek(KERNEL_RAM);
	return SURVIVED;
}
