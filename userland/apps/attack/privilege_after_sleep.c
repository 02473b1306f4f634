/* Sleeps until everybody does, so that an interrupt comes to the kernel's own idle loop, which is privileged,
 * and the way out of it leads here: on ARM from one exception into the next. Then it reads a variable of the kernel.
 *
 * EXPECT: fault */
#include <alarm.h>
#include <attack.h>

ATTACK("privilege_after_sleep")
{
	for (uint32_t i = 1; i <= 20; i++) {
		alarm_sleep_ms(1 + i % 4);
	}
	/* No call in between, or the way out of that would set things right. */
	peek(KERNEL_RAM);
	return SURVIVED;
}
