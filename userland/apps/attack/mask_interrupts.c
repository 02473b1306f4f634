/* Masks interrupts in all four ways, which is ignored: an alarm still comes.
 *
 * EXPECT: survives
 * ONLY: armv7m */
#include <alarm.h>
#include <attack.h>

ATTACK("mask_interrupts")
{
	__asm__ volatile("cpsid i\n\t"
			 "cpsid f\n\t"
			 "msr basepri, %0\n\t"
			 "msr primask, %1\n\t"
			 "msr faultmask, %1" ::"r"(0x20),
			 "r"(1)
			 : "memory");
	alarm_sleep_ms(10);
	return SURVIVED;
}
