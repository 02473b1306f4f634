#pragma once

#include <stdint.h>

/* Registers of a process outside the processor. r0-r3, r12, lr, pc and psr are on its own stack, in
 * the frame that exception entry pushed (ARMv7-M ARM, B1.5.6). entry.S knows this layout. */
struct context {
	uint32_t callee_saved[8]; /* r4 to r11 */
	uint32_t stack_pointer;   /* PSP: points at the frame */
	/* A frame lies in the process's RAM if stack_pointer - frame_first <= frame_room. */
	uint32_t frame_first;
	uint32_t frame_room;
};

/* r0 to r3 are the first words of the frame. */
static inline uint32_t *context_arguments(struct context *self)
{
	return (uint32_t *)(uintptr_t)self->stack_pointer;
}

/* One exception frame. */
enum {
	CONTEXT_START_BYTES = 32
};
