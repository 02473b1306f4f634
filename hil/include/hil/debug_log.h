#pragma once

#include <kernel/binding.h>
#include <kernel/span.h>
#include <stdint.h>

/* Something to say for capsules and chip drivers, for the people who look after the board.
 *
 *     debug_log_2(self->log, SPAN_OF_TEXT("console: {} bytes are lost to process {}"), lost, pid);
 *
 * Numbers have one type, uint32_t; the words say where and how each is shown: "{}" in decimal, "{x}" in
 * hexadecimal with "0x".
 *
 *   L1  A message is taken at once, in constant time, and written later, whole, on a line of its own. It may
 *       be sent from anywhere, also from an interrupt.
 *   L2  A message that finds no room is lost. How many were is told where they are missing.
 *   L3  The words are a literal: they are kept, not copied. They should begin with who speaks.
 *   L4  A log that is NULL takes everything and says nothing. In the kernel of a board that links no log
 *       (its CAPSULES do not name debug_log) a message is no code at all.
 *
 * Who wants to say something takes a `struct debug_log *log NULLABLE` in its init function and keeps it:
 * one word of RAM. */
struct debug_log;

struct debug_log_operations {
	void (*put)(struct debug_log *self, struct read_span words KEEP, uint32_t value1,
		    uint32_t value2);
	uint32_t (*lost)(struct debug_log *self);
};

struct debug_log {
	const struct debug_log_operations *private_operations;
} PINNED;

static inline void debug_log_bind(struct debug_log *self,
				  const struct debug_log_operations *operations)
{
	self->private_operations = operations;
}

/* DEBUG_LOG_LINKED is 1 or 0, from the command line (kernel/kernel.mk). */
BINDING_INLINE void debug_log_2(struct debug_log *self NULLABLE, struct read_span words KEEP,
				uint32_t value1, uint32_t value2)
{
	if (DEBUG_LOG_LINKED && self != NULL) {
		self->private_operations->put(self, words, value1, value2);
	}
}

BINDING_INLINE void debug_log_1(struct debug_log *self NULLABLE, struct read_span words KEEP,
				uint32_t value)
{
	debug_log_2(self, words, value, 0);
}

BINDING_INLINE void debug_log_0(struct debug_log *self NULLABLE, struct read_span words KEEP)
{
	debug_log_2(self, words, 0, 0);
}

/* Messages lost since the start; wraps. */
BINDING_INLINE uint32_t debug_log_lost(struct debug_log *self NULLABLE)
{
	return DEBUG_LOG_LINKED && self != NULL ? self->private_operations->lost(self) : 0;
}

#define DEBUG_LOG_IMPLEMENT(name, type, member, ...)                                               \
	BINDING_CHECK(type, member, struct debug_log);                                             \
	struct name##_debug_log_functions {                                                        \
		void (*put)(type *, struct read_span KEEP, uint32_t, uint32_t);                    \
		uint32_t (*lost)(type *);                                                          \
	};                                                                                         \
	static const struct name##_debug_log_functions name##_debug_log_functions = {__VA_ARGS__}; \
	static void name##_debug_log_put(struct debug_log *self, struct read_span words KEEP,      \
					 uint32_t value1, uint32_t value2)                         \
	{                                                                                          \
		name##_debug_log_functions.put(BINDING_OWNER(self, type, member), words, value1,   \
					       value2);                                            \
	}                                                                                          \
	static uint32_t name##_debug_log_lost(struct debug_log *self)                              \
	{                                                                                          \
		return name##_debug_log_functions.lost(BINDING_OWNER(self, type, member));         \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct debug_log_operations name##_debug_log_operations = {                   \
	    .put = name##_debug_log_put,                                                           \
	    .lost = name##_debug_log_lost,                                                         \
	}
