/* Computes with sp = 0 until an interrupt comes. On ARM the hardware stores a frame there; on
 * RISC-V sp is a register like others.
 *
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <alarm.h>
#include <attack.h>

ATTACK("stack_null_preempted")
{
	alarm_set(alarm_ticks(5), 0, 0);
	spin_with_stack(0, 20000000);
	yield_wait_for(DRIVER_ALARM, 0);
	return SURVIVED;
}
