/* Switches interrupt lines off in the interrupt controller. Where an emulator ignores the write
 * instead of faulting, it goes on to see that an alarm still comes, and to end by a plain fault.
 *
 * EXPECT: fault */
#include <alarm.h>
#include <attack.h>

ATTACK("disable_interrupts")
{
	poke(INTERRUPT_DISABLE, 0xFFFFFFFF);
	alarm_sleep_ms(10);
	peek(KERNEL_RAM);
	return SURVIVED;
}
