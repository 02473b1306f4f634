/* What becomes of a process that has faulted: the board's policy decides, this does it. */

#include "process.h"
#include <kernel/fault_policy.h>
#include <kernel/observer.h>
#include <stddef.h>

static struct fault_decision decide(const struct process *process)
{
	const struct faulted_process faulted = {
	    .id = process->id,
	    .name = process_name(process),
	    .cause = process->fault_cause,
	    .restarts = process->restarts,
	};

	return fault_policy_decide(kernel.board->fault_policy, &faulted);
}

static enum fault_action act(struct process *process, enum fault_action action)
{
	if (action == FAULT_ACTION_PANIC) {
		kernel_panic(SPAN_OF_TEXT("a process had a fault"));
	}
	if (action == FAULT_ACTION_RESTART) {
		process_restart(process);
	}
	return action;
}

void process_tell_fault(struct process *process)
{
	const struct fault_decision decision = decide(process);

	if (decision.is_silent) {
		act(process, decision.action);
	} else {
		observer_faulted(kernel.board->observer, process->id);
	}
}

enum fault_action process_settlement(struct process_id id)
{
	const struct process *process = process_find(id);

	if (process == NULL || process->state != PROCESS_FAULTED) {
		return FAULT_ACTION_NONE;
	}
	return decide(process).action;
}

enum fault_action process_settle(struct process_id id,
				 const struct process_control_capability *capability)
{
	enum fault_action action = process_settlement(id);

	(void)capability;
	return action == FAULT_ACTION_NONE ? action : act(process_find(id), action);
}
