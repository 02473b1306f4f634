/* What becomes of a process that has faulted, once its report is out. */

#include "process.h"
#include <kernel/observer.h>
#include <stddef.h>

enum fault_action process_settlement(struct process_id id)
{
	const struct process *process = process_find(id);

	if (process == NULL || process->state != PROCESS_FAULTED) {
		return FAULT_ACTION_NONE;
	}
	if (kernel.board->fault_policy == FAULT_POLICY_RESTART &&
	    process->restarts < kernel.board->restart_limit) {
		return FAULT_ACTION_RESTART;
	}
	return FAULT_ACTION_STOP;
}

enum fault_action process_settle(struct process_id id,
				 const struct process_control_capability *capability)
{
	enum fault_action action = process_settlement(id);

	(void)capability;
	if (action == FAULT_ACTION_NONE) {
		return action;
	}
	if (kernel.board->fault_policy == FAULT_POLICY_PANIC) {
		kernel_panic(SPAN_OF_TEXT("a process had a fault"));
	}
	if (action == FAULT_ACTION_RESTART) {
		process_restart(process_find(id));
	}
	return action;
}
