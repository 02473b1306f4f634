#pragma once

#include <kernel/binding.h>
#include <stdbool.h>

/* "Call me back, but not from inside this call."
 *
 *   D1  After deferred_call_set() the client's `run` comes once, before any process runs again.
 *   D2  Setting one that is already set changes nothing.
 *
 * RAM: three words. A capsule embeds one, implements it with DEFERRED_CALL_IMPLEMENT and binds it
 * in its init function with deferred_call_bind(). */
struct deferred_call;

struct deferred_call_operations {
	void (*run)(struct deferred_call *self);
};

struct deferred_call {
	const struct deferred_call_operations *private_operations;
	struct deferred_call *private_next;
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
