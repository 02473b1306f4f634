#pragma once

#include <kernel/binding.h>
#include <kernel/span.h>

/* Writes text at once, waiting for the hardware: for the time before interrupts run and for the
 * last words of a kernel that panics. Works whatever state the device and its driver are in. */
enum {
	PANIC_WRITER_MAX = 255 /* bytes of one write; what is more is not written */
};

struct panic_writer;

struct panic_writer_operations {
	void (*write)(struct panic_writer *self, struct read_span text);
};

struct panic_writer {
	const struct panic_writer_operations *private_operations;
} PINNED;

static inline void panic_writer_bind(struct panic_writer *self,
				     const struct panic_writer_operations *operations)
{
	self->private_operations = operations;
}

BINDING_INLINE void panic_writer_write(struct panic_writer *self, struct read_span text)
{
	self->private_operations->write(self, text);
}

#define PANIC_WRITER_IMPLEMENT(name, type, member, ...)                                            \
	BINDING_CHECK(type, member, struct panic_writer);                                          \
	struct name##_panic_writer_functions {                                                     \
		void (*write)(type *, struct read_span);                                           \
	};                                                                                         \
	static const struct name##_panic_writer_functions name##_panic_writer_functions = {        \
	    __VA_ARGS__};                                                                          \
	static void name##_panic_writer_write(struct panic_writer *self, struct read_span text)    \
	{                                                                                          \
		name##_panic_writer_functions.write(BINDING_OWNER(self, type, member), text);      \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct panic_writer_operations name##_panic_writer_operations = {             \
	    .write = name##_panic_writer_write,                                                    \
	}
