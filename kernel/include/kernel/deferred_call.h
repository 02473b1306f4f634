#pragma once

#include <kernel/binding.h>
#include <stdbool.h>
#include <stdint.h>

/* "Call me back, but not from inside this call."
 *
 *   D1  After deferred_call_set() the client's `run` comes once, when the kernel is about to leave: before
 *       any process runs again, but for D3.
 *   D2  Setting one that is already set changes nothing.
 *   D3  On one way out of the kernel each runs at most once. One that has run and is set again, and those
 *       set after it, run on the next way out. Until then a process may run, to its next system call
 *       or an interrupt, and no longer than the slice that the scheduler gives it.
 *   D4  The processor does not sleep while one is set.
 *
 * RAM: four words. A capsule embeds one, implements it with DEFERRED_CALL_IMPLEMENT and binds it
 * in its init function with deferred_call_bind(). */
struct deferred_call;

struct deferred_call_operations {
	void (*run)(struct deferred_call *self);
};

struct deferred_call {
	const struct deferred_call_operations *private_operations;
	struct deferred_call *private_next NULLABLE;
	uint32_t private_ran; /* in which round of work it last ran */
	bool private_pending;
} PINNED;

static inline void deferred_call_bind(struct deferred_call *self,
				      const struct deferred_call_operations *operations)
{
	self->private_operations = operations;
}

IMPLEMENTER void deferred_call_set(struct deferred_call *self);

#define DEFERRED_CALL_IMPLEMENT(name, type, member, ...)                                           \
	BINDING_CHECK(type, member, struct deferred_call);                                         \
	struct name##_deferred_call_functions {                                                    \
		void (*run)(type *);                                                               \
	};                                                                                         \
	static const struct name##_deferred_call_functions name##_deferred_call_functions = {      \
	    __VA_ARGS__};                                                                          \
	static void name##_deferred_call_run(struct deferred_call *self)                           \
	{                                                                                          \
		name##_deferred_call_functions.run(BINDING_OWNER(self, type, member));             \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct deferred_call_operations name##_deferred_call_operations = {           \
	    .run = name##_deferred_call_run,                                                       \
	}
