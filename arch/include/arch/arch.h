#pragma once

#include <arch/context.h>
#include <arch/protection.h>
#include <kernel/process_info.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdnoreturn.h>

/* The contract between the portable kernel and an architecture.
 *
 * arch/<name>/include/arch/context.h defines struct context, the registers of a process that is not
 * in the processor; CONTEXT_START_BYTES, the RAM at the start of its block that a process needs to
 * take its first step; and
 *
 *     static inline uint32_t *context_arguments(struct context *self)
 *
 * which answers where the four argument and result registers of a process in a system call are.
 * arch/<name>/include/arch/protection.h defines struct protection, what has to be known beside
 * addresses to write the MPU or PMP for one process; struct protection_share, the same for one buffer of another process; and
 * PROTECTION_SHARES, how many of these the hardware has room for. The kernel keeps these structs, in
 * the process's own memory, and looks into none. */

/* --- Registers --- */

/* Makes the process begin at `entry` with four arguments and its stack pointer at `stack`. `stack`
 * is the start of its RAM, of which CONTEXT_START_BYTES are there. All other registers are zero. */
void context_start(struct context *self, uint32_t entry, uint32_t stack,
		   const uint32_t arguments[4]);

/* Where the process's stack may be: [start, end). Told whenever its break moves. */
void context_set_stack_bounds(struct context *self, uint32_t start, uint32_t end);

/* Makes the process, which is in a system call, call a function when it goes on, with what
 * context_arguments() holds; the function returns to behind the system call. */
void context_call(struct context *self, uint32_t function);

/* The process's registers in the processor are void: do not save them on the next switch. */
void context_forget(const struct context *self);

uint32_t context_stack_pointer(const struct context *self);

/* For reports. `ram_start` and `ram_end` bound what may be read of the process's stack. */
void context_registers(const struct context *self, uint32_t ram_start, uint32_t ram_end,
		       struct process_registers *registers);

/* --- Protection. Ranges are [start, end). --- */

/* Prepares to let a process read and execute this range, and nothing beside it. False: the hardware
 * cannot express the range. */
bool protection_set_flash(struct protection *self, uint32_t start, uint32_t end);

/* Finds the first place at or after `from` where `size` bytes of RAM can be given to a process a
 * piece at a time. Stores where they start, and where the hardware's steps let them end (at least
 * start + size). Nothing is accessible yet. False: there is no such place below 2^32. */
bool protection_place_ram(struct protection *self, uint32_t from, uint32_t size, uint32_t *start,
			  uint32_t *end);

/* Where the accessible RAM would end if the process asked for all up to `app_break`, which lies in
 * the range placed: at or, by the hardware's steps, a little after it. */
uint32_t protection_reach(const struct protection *self, uint32_t app_break);

/* Lets the process read and write [start, protection_reach(app_break)). */
void protection_set_break(struct protection *self, uint32_t app_break);

/* Prepares to let a process read and write [start, start + length), a buffer of another process, and
 * nothing beside it. False, and nothing changed: the hardware cannot express the range. A struct of
 * zeros lets a process reach nothing. */
bool protection_set_share(struct protection_share *self, uint32_t start, uint32_t length);

/* Addresses that the kernel keeps of each process, in the order in which memop tells them. */
enum process_bound {
	BOUND_RAM_START,
	BOUND_RAM_END,
	BOUND_FLASH_START,
	BOUND_FLASH_END,
	BOUND_KERNEL_BREAK,
	BOUND_APP_BREAK,
	PROCESS_BOUNDS
};

/* Writes the hardware: from now on unprivileged code can do what `self` says, what the shares say
 * that were applied last, and nothing else. `bounds` are those that `self` was told: an architecture
 * that writes them as they are need not keep them too. */
void protection_apply(const struct protection *self, const uint32_t bounds[PROCESS_BOUNDS]);
void protection_apply_shares(const struct protection_share shares[PROTECTION_SHARES]);

/* --- The processor --- */

/* Starts handling exceptions, on a kernel stack that is empty again; returns to processes as
 * kernel_next() says. */
noreturn void arch_run(void);

/* Switches interrupts off and goes on with kernel_panic_report(), on a kernel stack that is empty again and in a
 * state in which a further fault is told to kernel_panic_fault(). */
noreturn void arch_panic(void);

/* Stops everything, for good. */
noreturn void arch_halt(void);
