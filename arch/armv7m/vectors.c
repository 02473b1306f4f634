/* The vector table (ARMv7-M ARM, B1.5.2) and what runs before main. */

#include "armv7m.h"
#include <stdint.h>

extern uint32_t _kernel_stack_end;
extern uint32_t _data_start, _data_end, _data_load, _bss_start, _bss_end;

int main(void);

noreturn void armv7m_reset(void)
{
	const uint32_t *from = &_data_load;

	__asm__ volatile("cpsid i"); /* until armv7m_idle() */
	for (uint32_t *to = &_data_start; to < &_data_end; to++) {
		*to = *from++;
	}
	for (uint32_t *to = &_bss_start; to < &_bss_end; to++) {
		*to = 0;
	}
	main();
	arch_halt();
}

struct vector_table {
	uint32_t *initial_stack;
	void (*exceptions[15])(void);
	void (*interrupts[ARMV7M_INTERRUPT_LINES])(void);
};

__attribute__((section(".vectors"), used)) static const struct vector_table vector_table = {
    .initial_stack = &_kernel_stack_end,
    .exceptions =
	{
	    armv7m_reset, armv7m_fault_entry, /* NMI: nobody asked for it */
	    armv7m_fault_entry,               /* HardFault */
	    armv7m_fault_entry,               /* MemManage */
	    armv7m_fault_entry,               /* BusFault */
	    armv7m_fault_entry,               /* UsageFault */
	    armv7m_fault_entry,               /* 7 to 10 are reserved */
	    armv7m_fault_entry, armv7m_fault_entry, armv7m_fault_entry, armv7m_system_call_entry,
	    armv7m_fault_entry,     /* DebugMonitor, not enabled */
	    armv7m_fault_entry,     /* reserved */
	    armv7m_interrupt_entry, /* PendSV */
	    armv7m_interrupt_entry, /* SysTick */
	},
    .interrupts = {[0 ... ARMV7M_INTERRUPT_LINES - 1] = armv7m_interrupt_entry},
};
