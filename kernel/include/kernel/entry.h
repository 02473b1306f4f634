#pragma once

#include <kernel/execution_context.h>
#include <kernel/process_info.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdnoreturn.h>

/* The ways into the kernel and out of it: what arch/ calls, on the kernel's stack, with all
 * interrupts held back. After one of the entries, arch/ looks at kernel_attention: if it is 0 the
 * process that was interrupted goes on, with its registers and its protection as they are; otherwise
 * kernel_next() says who does. */

struct context;

/* The running process, whose context this is, has trapped for a system call of this class. (In this order, so
 * that a driver's address finds the first register free when the context is in the second.) Its
 * arguments are where context_arguments() says; the program counter is already past the instruction. */
void kernel_system_call(uint32_t class, struct context *context);

/* The running process cannot go on. */
void kernel_fault(const struct fault *fault);

/* An interrupt line wants service. */
void kernel_interrupt(uint32_t line);

/* Not 0: kernel_next() has something to do. Stays so while nobody runs. */
extern uint32_t kernel_attention;

/* Whom to return to; NULL: nobody, sleep until an interrupt. The MPU or PMP is set for it. */
struct context *kernel_next(void);

/* After NULL: false says to ask kernel_next() again instead, once the interrupts that wait are served. */
bool kernel_may_sleep(void);

/* The kernel itself has faulted there. `link` is where its function would have returned to, if known. */
SEIZES_KERNEL_CONTEXT noreturn void kernel_panic_fault(const struct fault *fault,
						       uint32_t program_counter, uint32_t link,
						       uint32_t stack_pointer);

/* What arch_panic() goes on with. */
SEIZES_KERNEL_CONTEXT noreturn void kernel_panic_report(void);
