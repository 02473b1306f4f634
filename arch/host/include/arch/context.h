#pragma once

#include <stdint.h>

/* Registers of a process that never really runs, and what was done to them. */
struct context {
	uint32_t registers[4];
	uint32_t program_counter;
	uint32_t stack_pointer;
	uint32_t return_address; /* where a function that is called returns to */
	uint32_t calls;          /* context_call() since the start */
	uint32_t stack_start;    /* as context_set_stack_bounds() said */
	uint32_t stack_end;
};

static inline uint32_t *context_arguments(struct context *self)
{
	return self->registers;
}

/* As on ARMv7-M, the harder of the two cases. */
enum {
	CONTEXT_START_BYTES = 32
};
