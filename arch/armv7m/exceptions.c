/* System calls, interrupts and faults as ARMv7-M delivers them. */

#include "armv7m.h"
#include <arch/interrupt_controller.h>
#include <kernel/board.h>
#include <kernel/entry.h>
#include <stddef.h>

struct context *armv7m_live;
struct context armv7m_idle_context;

/* The idle loop keeps nothing on its stack; exceptions push one frame, aligned to 8. */
enum {
	IDLE_STACK_WORDS = 10
};

static uint32_t idle_stack[IDLE_STACK_WORDS] __attribute__((aligned(8)));

enum exception_number {
	EXCEPTION_SYSTICK = 15,
	EXCEPTION_LINE_0 = 16,
};

enum {
	ICSR_PENDSVSET = 1 << 28,
	AIRCR_KEY = 0x05fa << 16,
	AIRCR_PRIGROUP_NONE = 7 << 8, /* priorities decide who comes first, and interrupt nobody */
	SHPR3_PENDSV_LAST = 0xff << 16,
	SHCSR_PENDED = 15 << 12,        /* UsageFault, MemManage, BusFault, SVCall */
	SHCSR_FAULTS_ENABLED = 7 << 16, /* MemManage, BusFault, UsageFault */
	CCR_STKALIGN = 1 << 9,
	EXC_RETURN_PROCESS_STACK = 1 << 2, /* who was interrupted was on PSP */
};

#define HFSR_FORCED   (1u << 30)
#define HFSR_DEBUGEVT (1u << 31)

/* Bits of CFSR (B3.2.15). */
enum {
	MMFSR_IACCVIOL = 1 << 0,
	MMFSR_DACCVIOL = 1 << 1,
	MMFSR_MUNSTKERR = 1 << 3,
	MMFSR_MSTKERR = 1 << 4,
	MMFSR_MMARVALID = 1 << 7,
	BFSR_IBUSERR = 1 << 8,
	BFSR_PRECISERR = 1 << 9,
	BFSR_IMPRECISERR = 1 << 10,
	BFSR_UNSTKERR = 1 << 11,
	BFSR_STKERR = 1 << 12,
	BFSR_BFARVALID = 1 << 15,
	UFSR_UNDEFINSTR = 1 << 16,
	UFSR_INVSTATE = 1 << 17,
	UFSR_INVPC = 1 << 18,
	UFSR_NOCP = 1 << 19,
	UFSR_UNALIGNED = 1 << 24,
	UFSR_DIVBYZERO = 1 << 25,
};

struct fault_word {
	uint32_t bits;
	enum fault_cause cause;
};

/* The first that matches names the cause: a bad stack often brings further bits with it. */
static const struct fault_word fault_words[] = {
    {MMFSR_MSTKERR | MMFSR_MUNSTKERR | BFSR_STKERR | BFSR_UNSTKERR, FAULT_STACK},
    {MMFSR_IACCVIOL | BFSR_IBUSERR, FAULT_EXECUTE},
    {MMFSR_DACCVIOL, FAULT_DATA_ACCESS},
    {BFSR_PRECISERR | BFSR_IMPRECISERR, FAULT_BUS},
    {UFSR_UNDEFINSTR | UFSR_NOCP, FAULT_ILLEGAL_INSTRUCTION},
    {UFSR_INVSTATE | UFSR_INVPC, FAULT_ILLEGAL_STATE},
    {UFSR_UNALIGNED, FAULT_MISALIGNED},
    {UFSR_DIVBYZERO, FAULT_DIVIDE_BY_ZERO},
};

static enum fault_cause fault_cause(uint32_t status, uint32_t hard_status)
{
	for (size_t i = 0; i < sizeof(fault_words) / sizeof(fault_words[0]); i++) {
		if ((status & fault_words[i].bits) != 0) {
			return fault_words[i].cause;
		}
	}
	/* A breakpoint without a debugger becomes a HardFault (B3.2.16): DEBUGEVT on the part, in QEMU
	 * FORCED, which on the part never comes without a bit of CFSR. */
	return (hard_status & (HFSR_DEBUGEVT | HFSR_FORCED)) != 0 ? FAULT_BREAKPOINT : FAULT_OTHER;
}

/* Reads the fault registers and clears them for the next fault. */
static struct fault fault_read(void)
{
	uint32_t status = SYSTEM_CONTROL->fault_status;
	uint32_t hard_status = SYSTEM_CONTROL->hard_fault_status;
	struct fault fault = {.cause = fault_cause(status, hard_status), .status = status};

	if ((status & MMFSR_MMARVALID) != 0) {
		fault.address_valid = true;
		fault.address = SYSTEM_CONTROL->memory_fault_address;
	} else if ((status & BFSR_BFARVALID) != 0) {
		fault.address_valid = true;
		fault.address = SYSTEM_CONTROL->bus_fault_address;
	}
	SYSTEM_CONTROL->fault_status = status;
	SYSTEM_CONTROL->hard_fault_status = hard_status;
	return fault;
}

/* PendSV is what the kernel comes back for on its own account: behind all interrupts. */
struct context *armv7m_next(void)
{
	struct context *next = kernel_next();

	if (next != NULL) {
		return next;
	}
	if (!kernel_may_sleep()) {
		SYSTEM_CONTROL->interrupt_control = ICSR_PENDSVSET;
	}
	return &armv7m_idle_context;
}

static void stack_fault(uint32_t stack_pointer)
{
	const struct fault fault = {
	    .cause = FAULT_STACK,
	    .address_valid = true,
	    .address = stack_pointer,
	};

	kernel_fault(&fault);
}

void armv7m_system_call(uint32_t stack_pointer)
{
	struct context *context = armv7m_live;

	context->stack_pointer = stack_pointer;
	if (stack_pointer - context->frame_first > context->frame_room) {
		stack_fault(stack_pointer);
		return;
	}

	const struct context_frame *frame = (const struct context_frame *)(uintptr_t)stack_pointer;
	const uint8_t *after = (const uint8_t *)(uintptr_t)frame->program_counter;

	/* SVC is 0xDF00 + class; the class is its first byte in memory. */
	kernel_system_call(after[-2], context);
}

void armv7m_interrupt(uint32_t exception_number)
{
	if (exception_number >= EXCEPTION_LINE_0) {
		kernel_interrupt(exception_number - EXCEPTION_LINE_0);
	} else if (exception_number == EXCEPTION_SYSTICK) {
		armv7m_systick_interrupt();
	}
}

static noreturn void kernel_fault_panic(uint32_t kernel_stack)
{
	const struct context_frame *frame = (const struct context_frame *)(uintptr_t)kernel_stack;
	const struct fault fault = fault_read();

	kernel_panic_fault(&fault, frame->program_counter, frame->link,
			   kernel_stack + sizeof(*frame));
}

/* It was a process or the idle loop that was interrupted: this is the kernel's context. */
static void thread_fault(uint32_t kernel_stack)
{
	if (armv7m_live == &armv7m_idle_context) {
		kernel_fault_panic(kernel_stack);
	}

	struct fault fault = fault_read();

	/* If the stack was bad, what the process was being interrupted for, a system call or another
	 * fault, is still pending and would be taken as the next process's. */
	SYSTEM_CONTROL->handler_control &= ~(uint32_t)SHCSR_PENDED;
	kernel_fault(&fault);
}

/* Only processes and the idle loop are on PSP. */
void armv7m_fault(uint32_t exception_return, uint32_t kernel_stack)
{
	if ((exception_return & EXC_RETURN_PROCESS_STACK) == 0) {
		kernel_fault_panic(kernel_stack);
	}
	thread_fault(kernel_stack);
}

noreturn void arch_run(void)
{
	SYSTEM_CONTROL->application_interrupt_control = AIRCR_KEY | AIRCR_PRIGROUP_NONE;
	SYSTEM_CONTROL->priorities[2] = SHPR3_PENDSV_LAST;
	SYSTEM_CONTROL->handler_control |= SHCSR_FAULTS_ENABLED;
	SYSTEM_CONTROL->configuration_control |= CCR_STKALIGN;
	armv7m_live = &armv7m_idle_context;
	SYSTEM_CONTROL->interrupt_control = ICSR_PENDSVSET;
	armv7m_idle((uint32_t)(uintptr_t)&idle_stack[IDLE_STACK_WORDS]);
}

noreturn void arch_halt(void)
{
	__asm__ volatile("cpsid i");
	for (;;) {
		__asm__ volatile("wfi");
	}
}

void armv7m_interrupt_enable(uint32_t line)
{
	INTERRUPT_CONTROLLER->set_enable[line / 32] = 1u << line % 32;
}
