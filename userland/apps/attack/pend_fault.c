/* Makes a fault pending by the system handler control register, to be taken in whoever runs
 * next. Where an emulator ignores the write instead of faulting, it goes on to end by a plain
 * fault.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <alarm.h>
#include <attack.h>

ATTACK("pend_fault")
{
	poke(0xE000ED24, 0x00077000); /* SCB_SHCSR: all enabled, USGFAULTPENDED, MEMFAULTPENDED.. */
	alarm_sleep_ms(10);
	peek(KERNEL_RAM);
	return SURVIVED;
}
