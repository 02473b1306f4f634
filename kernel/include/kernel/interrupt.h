#pragma once

#include <kernel/binding.h>

/* One interrupt line of the chip, as its driver sees it.
 *
 *   I1  `service` runs in the kernel, never inside another call to a capsule or a chip driver.
 *   I2  While it runs, the line is held back; it must quieten the device before it returns, or it
 *       is called again at once.
 *
 * The board lists the handlers by line number (struct board). */
struct interrupt_handler;

struct interrupt_handler_operations {
	void (*service)(struct interrupt_handler *self);
};

struct interrupt_handler {
	const struct interrupt_handler_operations *private_operations;
} PINNED;

static inline void interrupt_handler_bind(struct interrupt_handler *self,
					  const struct interrupt_handler_operations *operations)
{
	self->private_operations = operations;
}

BINDING_INLINE void interrupt_handler_service(struct interrupt_handler *self)
{
	self->private_operations->service(self);
}

#define INTERRUPT_HANDLER_IMPLEMENT(name, type, member, ...)                                       \
	BINDING_CHECK(type, member, struct interrupt_handler);                                     \
	struct name##_interrupt_functions {                                                        \
		void (*service)(type *);                                                           \
	};                                                                                         \
	static const struct name##_interrupt_functions name##_interrupt_functions = {__VA_ARGS__}; \
	static void name##_interrupt_service(struct interrupt_handler *self)                       \
	{                                                                                          \
		name##_interrupt_functions.service(BINDING_OWNER(self, type, member));             \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct interrupt_handler_operations name##_interrupt_operations = {           \
	    .service = name##_interrupt_service,                                                   \
	}
