#pragma once

#include <stdint.h>

/* Registers of a process outside the processor. entry.S knows this layout. */
struct context {
	uint32_t program_counter; /* while the process is in the processor: entry.S's */
	uint32_t registers[31];   /* x1 to x31 */
};

/* Where x<n> is kept. */
#define CONTEXT_X(n) ((n) - 1)

/* a0 to a3. */
static inline uint32_t *context_arguments(struct context *self)
{
	return &self->registers[CONTEXT_X(10)];
}

/* Nothing is on the stack when a process starts. */
enum {
	CONTEXT_START_BYTES = 0
};
