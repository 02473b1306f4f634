/* Raises an interrupt by the software trigger register. Where an emulator ignores the write
 * instead of faulting, it goes on to see that time goes on, and to end by a plain fault.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <alarm.h>
#include <attack.h>

ATTACK("trigger_interrupt")
{
	poke(0xE000EF00, 5); /* STIR: the console's UART */
	alarm_sleep_ms(10);
	peek(KERNEL_RAM);
	return SURVIVED;
}
