/* Moves the kernel's stack, and its own by its other name, both of which are ignored.
 *
 * EXPECT: survives
 * ONLY: armv7m */
#include <alarm.h>
#include <attack.h>

ATTACK("write_main_stack")
{
	uint32_t before = stack_pointer();

	__asm__ volatile("msr msp, %0\n\t"
			 "msr psp, %0" ::"r"(before - 512)
			 : "memory");
	if (stack_pointer() != before) {
		return breach("the stack pointer was changed");
	}
	alarm_sleep_ms(10);
	return SURVIVED;
}
