/* Computes with sp in the kernel's RAM until an interrupt comes. On ARM the hardware stores a
 * frame there; on RISC-V sp is a register like others.
 *
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <alarm.h>
#include <attack.h>

ATTACK("stack_kernel_preempted")
{
	alarm_set(alarm_ticks(5), 0, 0);
	spin_with_stack(KERNEL_RAM_END, 20000000);
	yield_wait_for(DRIVER_ALARM, 0);
	return SURVIVED;
}
