#pragma once

#include <kernel/binding.h>
#include <stdint.h>

/* A counter that tells the kernel how long processes ran and how long nobody did.
 *
 *   K1  `now` counts up from when the board starts, and does not wrap: 64 bits.
 *   K2  It is read when the processor changes hands and when somebody asks, never on the way of a
 *       system call that returns to its caller. It should be cheap: a few reads of registers.
 *   K3  `frequency` is in ticks per second and never changes.
 *
 * A board without one (struct board, `clock` NULL) tells no times. */
struct clock;

struct clock_operations {
	uint64_t (*now)(struct clock *self);
	uint32_t (*frequency)(struct clock *self);
};

struct clock {
	const struct clock_operations *private_operations;
} PINNED;

static inline void clock_bind(struct clock *self, const struct clock_operations *operations)
{
	self->private_operations = operations;
}

BINDING_INLINE uint64_t clock_now(struct clock *self)
{
	return self->private_operations->now(self);
}

BINDING_INLINE uint32_t clock_frequency(struct clock *self)
{
	return self->private_operations->frequency(self);
}

#define CLOCK_IMPLEMENT(name, type, member, ...)                                                   \
	BINDING_CHECK(type, member, struct clock);                                                 \
	struct name##_clock_functions {                                                            \
		uint64_t (*now)(type *);                                                           \
		uint32_t (*frequency)(type *);                                                     \
	};                                                                                         \
	static const struct name##_clock_functions name##_clock_functions = {__VA_ARGS__};         \
	static uint64_t name##_clock_now(struct clock *self)                                       \
	{                                                                                          \
		return name##_clock_functions.now(BINDING_OWNER(self, type, member));              \
	}                                                                                          \
	static uint32_t name##_clock_frequency(struct clock *self)                                 \
	{                                                                                          \
		return name##_clock_functions.frequency(BINDING_OWNER(self, type, member));        \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct clock_operations name##_clock_operations = {                           \
	    .now = name##_clock_now,                                                               \
	    .frequency = name##_clock_frequency,                                                   \
	}
