#pragma once

#include <stdint.h>

/* The same numbers in every run: xorshift64* (Marsaglia, Vigna). */
struct random {
	uint64_t state; /* not 0 */
};

static inline uint32_t random_next(struct random *self)
{
	self->state ^= self->state >> 12;
	self->state ^= self->state << 25;
	self->state ^= self->state >> 27;
	return (uint32_t)((self->state * 0x2545f4914f6cdd1dull) >> 32);
}

/* 0 to limit - 1. */
static inline uint32_t random_below(struct random *self, uint32_t limit)
{
	return (uint32_t)((uint64_t)random_next(self) * limit >> 32);
}
