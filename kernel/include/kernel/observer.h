#pragma once

#include <kernel/binding.h>
#include <kernel/capability.h>
#include <kernel/fault_policy.h>
#include <kernel/process_info.h>

/* Who is told of loads and faults, so that people can be.
 *
 *   O1  `loaded` comes once for each entry of the application flash, while the kernel starts; it
 *       may write with a blocking writer.
 *   O2  `faulted` comes once for each process that faults, unless the fault policy wants silence.
 *       The process keeps its memory and registers as they are until the observer calls
 *       process_settle(); only then what the policy decided is done. `faulted` itself must return
 *       soon: it starts the report.
 */
struct observer;

struct observer_operations {
	void (*loaded)(struct observer *self, const struct load_result *result);
	void (*faulted)(struct observer *self, struct process_id id);
};

struct observer {
	const struct observer_operations *private_operations;
} PINNED;

static inline void observer_bind(struct observer *self,
				 const struct observer_operations *operations)
{
	self->private_operations = operations;
}

BINDING_INLINE void observer_loaded(struct observer *self, const struct load_result *result)
{
	self->private_operations->loaded(self, result);
}

BINDING_INLINE void observer_faulted(struct observer *self, struct process_id id)
{
	self->private_operations->faulted(self, id);
}

/* What process_settle() will do with this process; for the report's last line. */
enum fault_action process_settlement(struct process_id id);

/* The report is out: what the fault policy decided for the process is done. FAULT_ACTION_PANIC does
 * not return; a new life begins before any process runs. */
enum fault_action process_settle(struct process_id id,
				 const struct process_control_capability *capability);

#define OBSERVER_IMPLEMENT(name, type, member, ...)                                                \
	BINDING_CHECK(type, member, struct observer);                                              \
	struct name##_observer_functions {                                                         \
		void (*loaded)(type *, const struct load_result *);                                \
		void (*faulted)(type *, struct process_id);                                        \
	};                                                                                         \
	static const struct name##_observer_functions name##_observer_functions = {__VA_ARGS__};   \
	static void name##_observer_loaded(struct observer *self,                                  \
					   const struct load_result *result)                       \
	{                                                                                          \
		name##_observer_functions.loaded(BINDING_OWNER(self, type, member), result);       \
	}                                                                                          \
	static void name##_observer_faulted(struct observer *self, struct process_id id)           \
	{                                                                                          \
		name##_observer_functions.faulted(BINDING_OWNER(self, type, member), id);          \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct observer_operations name##_observer_operations = {                     \
	    .loaded = name##_observer_loaded,                                                      \
	    .faulted = name##_observer_faulted,                                                    \
	}
