#pragma once

#include <kernel/binding.h>
#include <kernel/process_info.h>

/* Who decides what becomes of a process that has faulted. The kernel only carries it out.
 *
 *   Y1  `decide` may be asked more than once about one fault, and answers the same each time: it
 *       looks at the fault and changes nothing.
 *   Y2  With `is_silent` the kernel acts at once and the observer hears nothing. Otherwise it acts
 *       when the observer says that its report is out.
 */
struct fault_policy;

enum fault_action {
	FAULT_ACTION_NONE, /* no such faulted process; never decided */
	FAULT_ACTION_STOP, /* it stays faulted until somebody ends it */
	FAULT_ACTION_RESTART,
	FAULT_ACTION_PANIC, /* the whole system halts */
};

struct fault_decision {
	enum fault_action action;
	bool is_silent;
};

struct faulted_process {
	struct process_id id;
	struct read_span name; /* in flash; good for ever */
	enum fault_cause cause;
	uint32_t restarts; /* lives before this one */
};

struct fault_policy_operations {
	struct fault_decision (*decide)(struct fault_policy *self,
					const struct faulted_process *process);
};

struct fault_policy {
	const struct fault_policy_operations *private_operations;
} PINNED;

static inline void fault_policy_bind(struct fault_policy *self,
				     const struct fault_policy_operations *operations)
{
	self->private_operations = operations;
}

BINDING_INLINE struct fault_decision fault_policy_decide(struct fault_policy *self,
							 const struct faulted_process *process)
{
	return self->private_operations->decide(self, process);
}

#define FAULT_POLICY_IMPLEMENT(name, type, member, ...)                                            \
	BINDING_CHECK(type, member, struct fault_policy);                                          \
	struct name##_fault_policy_functions {                                                     \
		struct fault_decision (*decide)(type *, const struct faulted_process *);           \
	};                                                                                         \
	static const struct name##_fault_policy_functions name##_fault_policy_functions = {        \
	    __VA_ARGS__};                                                                          \
	static struct fault_decision name##_fault_policy_decide(                                   \
	    struct fault_policy *self, const struct faulted_process *process)                      \
	{                                                                                          \
		return name##_fault_policy_functions.decide(BINDING_OWNER(self, type, member),     \
							    process);                              \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct fault_policy_operations name##_fault_policy_operations = {             \
	    .decide = name##_fault_policy_decide,                                                  \
	}
