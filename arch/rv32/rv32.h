#pragma once

#include <arch/arch.h>
#include <stdnoreturn.h>

/* What the parts of this architecture share. */

/* Called by entry.S; the first for all traps of a process but system calls. */
void rv32_trap(uint32_t cause);
noreturn void rv32_kernel_trap(uint32_t program_counter, uint32_t link, uint32_t stack_pointer);
noreturn void rv32_reset(void);

/* Called by entry.S while there is nobody to return to: waits for an interrupt and serves it. */
void rv32_sleep(void);

/* entry.S */
void rv32_trap_entry(void);
noreturn void rv32_run(void);

/* Whose registers, but those that entry.S stores on the way in, the processor holds, and whose program counter
 * is in mepc; NULL: nobody's. */
extern struct context *rv32_live;

/* plic.c: the line that wants service, 0 if none; and that it has been served. */
uint32_t rv32_plic_claim(void);
void rv32_plic_complete(uint32_t line);

#define CSR_READ(name)                                                                             \
	({                                                                                         \
		uint32_t private_value;                                                            \
		__asm__ volatile("csrr %0, " #name : "=r"(private_value));                         \
		private_value;                                                                     \
	})

#define CSR_WRITE(name, value) __asm__ volatile("csrw " #name ", %0" ::"r"(value))
