/* Waits for events and interrupts by instructions, which an application may: it wastes its own
 * time.
 *
 * EXPECT: survives
 * ONLY: armv7m */
#include <alarm.h>
#include <attack.h>

ATTACK("wait_instructions")
{
	alarm_set(alarm_ticks(5), 0, 0);
	__asm__ volatile("sev\n\t"
			 "wfe\n\t"
			 "wfi\n\t"
			 "yield" ::
			     : "memory");
	yield_wait_for(DRIVER_ALARM, 0);
	return SURVIVED;
}
