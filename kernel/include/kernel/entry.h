#pragma once

#include <kernel/process_info.h>
#include <stdbool.h>
#include <stdint.h>

/* The ways into the kernel and out of it: what arch/ calls. Each of the kernel_*() entries below is
 * called on the kernel's stack, with all interrupts held back, and is followed by kernel_next(). */

struct context;

/* The running process has trapped for a system call of this class. Its arguments are where
 * context_arguments() says; the program counter is already past the instruction. */
void kernel_system_call(uint32_t class);

/* The running process cannot go on. */
void kernel_fault(const struct fault *fault);

/* An interrupt line wants service. */
void kernel_interrupt(uint32_t line);

/* Whom to return to; NULL: nobody, sleep until an interrupt. The MPU or PMP is set for it. */
struct context *kernel_next(void);

/* Whether [start, start + length) is RAM that the running process may use. */
bool kernel_running_owns(uint32_t start, uint32_t length);
