#pragma once

#include <kernel/binding.h>
#include <kernel/process_info.h>

/* Who tells people why the kernel stopped.
 *
 *   P1  `report` comes once, as the last thing that happens, on a kernel stack that is empty again and with
 *       interrupts off. The first line, "kernel panic: MESSAGE", is out.
 *   P2  Whoever panicked may have been in the middle of anything, a driver or the reporter's own capsule:
 *       it writes with a panic_writer, into a buffer that nobody else has, and changes nothing else.
 *   P3  A panic inside of `report` ends it, with a line that says so. */
struct panic_reporter;

struct panic_description {
	struct read_span message; /* good for ever */
	/* Where: of the instruction that failed, or of the call of kernel_panic(). */
	uint32_t program_counter;
	uint32_t link; /* where the function would have returned to, if known; or 0 */
	uint32_t stack_pointer;
	uint32_t stack_start, stack_end; /* the kernel's stack, [start, end); it grows downwards */
	struct fault fault;              /* of the kernel itself; FAULT_NONE: none */
	/* A trap of the compiler in a capsule or chip driver: where in its source; or line 0. */
	struct read_span trap_file;
	uint32_t trap_line;
};

struct panic_reporter_operations {
	void (*report)(struct panic_reporter *self, const struct panic_description *panic);
};

struct panic_reporter {
	const struct panic_reporter_operations *private_operations;
} PINNED;

static inline void panic_reporter_bind(struct panic_reporter *self,
				       const struct panic_reporter_operations *operations)
{
	self->private_operations = operations;
}

BINDING_INLINE void panic_reporter_report(struct panic_reporter *self,
					  const struct panic_description *panic)
{
	self->private_operations->report(self, panic);
}

/* Stops the system with this message, because somebody with the right to asked for it. */
void kernel_panic_request(struct read_span message KEEP,
			  const struct process_control_capability *capability);

#define PANIC_REPORTER_IMPLEMENT(name, type, member, ...)                                          \
	BINDING_CHECK(type, member, struct panic_reporter);                                        \
	struct name##_panic_reporter_functions {                                                   \
		void (*report)(type *, const struct panic_description *);                          \
	};                                                                                         \
	static const struct name##_panic_reporter_functions name##_panic_reporter_functions = {    \
	    __VA_ARGS__};                                                                          \
	static void name##_panic_reporter_report(struct panic_reporter *self,                      \
						 const struct panic_description *panic)            \
	{                                                                                          \
		name##_panic_reporter_functions.report(BINDING_OWNER(self, type, member), panic);  \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct panic_reporter_operations name##_panic_reporter_operations = {         \
	    .report = name##_panic_reporter_report,                                                \
	}
