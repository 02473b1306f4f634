/* System calls, interrupts and faults as RV32 delivers them (RISC-V Privileged ISA 1.12, 3.1.15).
 *
 * Interrupts are off while the kernel runs (mstatus.MIE is 0) and always on for processes, which
 * run in a lower mode. */

#include "rv32.h"
#include <kernel/board.h>
#include <kernel/entry.h>
#include <stddef.h>

struct context *rv32_live __attribute__((section(".data.rv32_live")));

#define CAUSE_INTERRUPT 0x80000000u

enum cause {
	CAUSE_EXECUTE_MISALIGNED = 0,
	CAUSE_EXECUTE_ACCESS = 1,
	CAUSE_ILLEGAL_INSTRUCTION = 2,
	CAUSE_BREAKPOINT = 3,
	CAUSE_READ_MISALIGNED = 4,
	CAUSE_READ_ACCESS = 5,
	CAUSE_WRITE_MISALIGNED = 6,
	CAUSE_WRITE_ACCESS = 7,
};

/* Bits of mie and mip. */
enum {
	INTERRUPT_TIMER = 1 << 7,
	INTERRUPT_EXTERNAL = 1 << 11,
};

/* Lines as the kernel numbers them: those of the PLIC, which begin at 1, and the timer. */
enum {
	LINE_TIMER = 0
};

static enum fault_cause fault_cause(uint32_t cause)
{
	static const uint8_t causes[] = {
	    [CAUSE_EXECUTE_MISALIGNED] = FAULT_MISALIGNED,
	    [CAUSE_EXECUTE_ACCESS] = FAULT_EXECUTE,
	    [CAUSE_ILLEGAL_INSTRUCTION] = FAULT_ILLEGAL_INSTRUCTION,
	    [CAUSE_BREAKPOINT] = FAULT_BREAKPOINT,
	    [CAUSE_READ_MISALIGNED] = FAULT_MISALIGNED,
	    [CAUSE_READ_ACCESS] = FAULT_READ,
	    [CAUSE_WRITE_MISALIGNED] = FAULT_MISALIGNED,
	    [CAUSE_WRITE_ACCESS] = FAULT_WRITE,
	};

	return cause < sizeof(causes) ? causes[cause] : FAULT_OTHER;
}

static struct fault fault_read(uint32_t cause)
{
	return (struct fault){
	    .cause = fault_cause(cause),
	    .address_valid = cause != CAUSE_ILLEGAL_INSTRUCTION && cause != CAUSE_BREAKPOINT,
	    .address = CSR_READ(mtval),
	    .status = cause,
	};
}

static void fault(uint32_t cause)
{
	const struct fault fault = fault_read(cause);

	kernel_fault(&fault);
}

static void external_interrupt(void)
{
	uint32_t line = rv32_plic_claim();

	if (line != 0) {
		kernel_interrupt(line);
		rv32_plic_complete(line);
	}
}

static void pending_interrupts(void)
{
	uint32_t pending = CSR_READ(mip);

	if ((pending & INTERRUPT_TIMER) != 0) {
		kernel_interrupt(LINE_TIMER);
	}
	if ((pending & INTERRUPT_EXTERNAL) != 0) {
		external_interrupt();
	}
}

/* wfi wakes for an interrupt that is enabled in mie, taken or not (3.3.3). */
void rv32_sleep(void)
{
	if (kernel_may_sleep()) {
		__asm__ volatile("wfi");
	}
	pending_interrupts();
}

void rv32_trap(uint32_t cause)
{
	if ((cause & CAUSE_INTERRUPT) != 0) {
		pending_interrupts();
	} else {
		fault(cause);
	}
}

noreturn void rv32_kernel_trap(uint32_t program_counter, uint32_t link, uint32_t stack_pointer)
{
	const struct fault fault = fault_read(CSR_READ(mcause));

	kernel_panic_fault(&fault, program_counter, link, stack_pointer);
}

noreturn void arch_run(void)
{
	CSR_WRITE(mcounteren, 0); /* no clock for processes but the one they ask a driver for */
	CSR_WRITE(mie, INTERRUPT_TIMER | INTERRUPT_EXTERNAL);
	rv32_run();
}

noreturn void arch_halt(void)
{
	CSR_WRITE(mie, 0);
	for (;;) {
		__asm__ volatile("wfi");
	}
}

extern uint32_t _data_start, _data_end, _data_load, _bss_start, _bss_end;

int main(void);

noreturn void rv32_reset(void)
{
	const uint32_t *from = &_data_load;

	for (uint32_t *to = &_data_start; to < &_data_end; to++) {
		*to = *from++;
	}
	for (uint32_t *to = &_bss_start; to < &_bss_end; to++) {
		*to = 0;
	}
	main();
	arch_halt();
}
