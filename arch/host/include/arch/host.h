#pragma once

#include <arch/arch.h>
#include <stdbool.h>
#include <stdint.h>

/* What a test does with the host architecture.
 *
 *   H1  Flash and RAM lie at the same addresses in every run, and the pages just below and just above
 *       each are inaccessible: a stray access ends the test program.
 *   H2  host_enter() runs a function that never returns (kernel_start, kernel_panic) until it calls
 *       arch_run() or arch_halt(), and tells which. */

enum host_exit {
	HOST_RETURNED, /* the function came back, which none of those above may do */
	HOST_RAN,
	HOST_HALTED,
};

enum host_exit host_enter(void (*function)(void));

/* Maps zeroed memory at [address, address + bytes), both multiples of the page size. Ends the program
 * with a message when that is impossible. */
void host_map(uint32_t address, uint32_t bytes);
void host_unmap(uint32_t address, uint32_t bytes);

/* What protection_set_flash() and protection_place_ram() work in from now on. Powers of two, bytes.
 * No effect where protection is that of another architecture, which has steps of its own. */
void host_set_granules(uint32_t flash, uint32_t ram);

/* How often protection_apply() and protection_apply_shares() wrote the hardware. */
uint32_t host_protection_writes(void);
uint32_t host_share_writes(void);

enum host_access {
	HOST_ACCESS_NONE,
	HOST_ACCESS_READ_EXECUTE,
	HOST_ACCESS_READ_WRITE,
	HOST_ACCESS_OTHER, /* anything else, which no process should ever get */
};

/* What a process may do at this address, by what was written last. */
enum host_access host_access(uint32_t address);

/* Every address where the answer of host_access() can differ from that of the address before it.
 * Returns how many there are. */
enum {
	HOST_EDGES_MAX = 160
};

uint32_t host_edges(uint32_t edges[HOST_EDGES_MAX]);

/* The process, which is the running one, moves its stack pointer. */
void host_set_stack_pointer(struct context *context, uint32_t stack_pointer);

/* Whether the hardware could deliver a system call of the process with this context, and how many
 * bytes at its stack pointer hold its registers while it is in one. */
bool host_can_call(const struct context *context);
uint32_t host_frame_bytes(void);
