#pragma once

#include <kernel/binding.h>
#include <stdint.h>

/* The timer that ends a process's time slice. Runs only while processes compete.
 *
 *   S1  start() replaces a slice that is running; when `microseconds` have passed the implementer
 *       calls kernel_slice_expired() once, from its interrupt.
 *   S2  after stop() it does not.
 *   S3  `microseconds` is 1 to 100,000.
 */
struct slice_timer;

struct slice_timer_operations {
	void (*start)(struct slice_timer *self, uint32_t microseconds);
	void (*stop)(struct slice_timer *self);
};

struct slice_timer {
	const struct slice_timer_operations *private_operations;
} PINNED;

static inline void slice_timer_bind(struct slice_timer *self,
				    const struct slice_timer_operations *operations)
{
	self->private_operations = operations;
}

BINDING_INLINE void slice_timer_start(struct slice_timer *self, uint32_t microseconds)
{
	self->private_operations->start(self, microseconds);
}

BINDING_INLINE void slice_timer_stop(struct slice_timer *self)
{
	self->private_operations->stop(self);
}

/* The running process has used up its slice. For implementers of struct slice_timer only. */
IMPLEMENTER_OF(slice_timer) void kernel_slice_expired(void);

#define SLICE_TIMER_IMPLEMENT(name, type, member, ...)                                             \
	BINDING_CHECK(type, member, struct slice_timer);                                           \
	struct name##_slice_timer_functions {                                                      \
		void (*start)(type *, uint32_t);                                                   \
		void (*stop)(type *);                                                              \
	};                                                                                         \
	static const struct name##_slice_timer_functions name##_slice_timer_functions = {          \
	    __VA_ARGS__};                                                                          \
	static void name##_slice_timer_start(struct slice_timer *self, uint32_t microseconds)      \
	{                                                                                          \
		name##_slice_timer_functions.start(BINDING_OWNER(self, type, member),              \
						   microseconds);                                  \
	}                                                                                          \
	static void name##_slice_timer_stop(struct slice_timer *self)                              \
	{                                                                                          \
		name##_slice_timer_functions.stop(BINDING_OWNER(self, type, member));              \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct slice_timer_operations name##_slice_timer_operations = {               \
	    .start = name##_slice_timer_start,                                                     \
	    .stop = name##_slice_timer_stop,                                                       \
	}
