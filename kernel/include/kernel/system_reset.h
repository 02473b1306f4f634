#pragma once

#include <kernel/binding.h>
#include <stdnoreturn.h>

/* Starts the whole system anew: memory as after power-on, every process from its first
 * instruction. Whoever a board hands this to may do it at any time.
 *
 *   E1  `reset` asks the hardware, which may need a moment: system_reset_now() does not return.
 */
struct system_reset;

struct system_reset_operations {
	void (*reset)(struct system_reset *self);
};

struct system_reset {
	const struct system_reset_operations *private_operations;
} PINNED;

static inline void system_reset_bind(struct system_reset *self,
				     const struct system_reset_operations *operations)
{
	self->private_operations = operations;
}

noreturn BINDING_INLINE void system_reset_now(struct system_reset *self)
{
	self->private_operations->reset(self);
	for (;;) { /* until the hardware has done it */
	}
}

#define SYSTEM_RESET_IMPLEMENT(name, type, member, ...)                                            \
	BINDING_CHECK(type, member, struct system_reset);                                          \
	struct name##_system_reset_functions {                                                     \
		void (*reset)(type *);                                                             \
	};                                                                                         \
	static const struct name##_system_reset_functions name##_system_reset_functions = {        \
	    __VA_ARGS__};                                                                          \
	static void name##_system_reset_reset(struct system_reset *self)                           \
	{                                                                                          \
		name##_system_reset_functions.reset(BINDING_OWNER(self, type, member));            \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct system_reset_operations name##_system_reset_operations = {             \
	    .reset = name##_system_reset_reset,                                                    \
	}
