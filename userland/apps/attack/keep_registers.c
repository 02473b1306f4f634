/* Computes with a known value in every register while interrupts and other processes come and
 * go, and looks for one that was changed.
 *
 * EXPECT: survives */
#include <alarm.h>
#include <attack.h>
#include <registers.h>

ATTACK("keep_registers")
{
	alarm_set(alarm_ticks(20), 0, 0);
	for (uint32_t i = 0; i < 200; i++) {
		if (registers_changed(20000) != 0) {
			return breach("a register was changed");
		}
	}
	yield_wait_for(DRIVER_ALARM, 0);
	return SURVIVED;
}
