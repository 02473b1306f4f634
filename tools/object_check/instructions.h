#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Enough of two instruction sets to tell an instruction that a driver has no business with: one that
 * talks to the processor's control registers, changes who may do what, sleeps, orders memory or
 * takes part in locks, or calls somebody by a trap. */
struct instruction {
	uint32_t bits;
	uint32_t length;     /* bytes */
	bool is_trap;        /* the one that compilers end what must not happen with */
	bool is_end;         /* what follows it is not run, or (after a call) need not be */
	bool is_filler;      /* does nothing */
	const char *refused; /* what is wrong with it; NULL: nothing */
};

/* The instruction at the start of `bytes`. `size`, the bytes there are, is at least 2. */
struct instruction thumb_decode(const uint8_t *bytes, size_t size);
struct instruction riscv_decode(const uint8_t *bytes, size_t size);
