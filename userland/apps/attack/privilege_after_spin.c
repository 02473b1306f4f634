/* Computes while timer interrupts come and go, twenty of them, and then reads a variable of the kernel: an
 * interrupt's return must not leave the privilege of its handler behind.
 *
 * EXPECT: fault */
#include <alarm.h>
#include <attack.h>

ATTACK("privilege_after_spin")
{
	for (uint32_t i = 0; i < 20; i++) {
		alarm_event(); /* comes while this process runs, for it waits in no yield */
	}
	peek(KERNEL_RAM);
	return SURVIVED;
}
