/* Prints 200 numbers by low-level debug without a pause. Four are queued; the kernel tells how
 * many it dropped.
 *
 * EXPECT: survives */
#include <alarm.h>
#include <attack.h>
#include <debug.h>

ATTACK("debug_flood")
{
	for (uint32_t i = 0; i < 200; i++) {
		debug_print(i);
	}
	alarm_sleep_ms(200);
	return SURVIVED;
}
