/* What those may do to processes who were trusted with it. */

#include "process.h"
#include <kernel/process_control.h>
#include <stddef.h>

enum error_code process_stop(struct process_id id,
			     const struct process_control_capability *capability)
{
	struct process *process = process_find(id);

	(void)capability;
	if (process == NULL) {
		return ERROR_NODEVICE;
	}
	if (!process_is_alive(process)) {
		return ERROR_INVAL;
	}
	if (process->is_stopped) {
		return ERROR_ALREADY;
	}
	process->is_stopped = true;
	process_leave_processor(process);
	return ERROR_NONE;
}

enum error_code process_resume(struct process_id id,
			       const struct process_control_capability *capability)
{
	struct process *process = process_find(id);

	(void)capability;
	if (process == NULL) {
		return ERROR_NODEVICE;
	}
	if (!process->is_stopped) {
		return ERROR_ALREADY;
	}
	process->is_stopped = false;
	if (process->state == PROCESS_RUNNING) {
		scheduler_add(process);
	}
	return ERROR_NONE;
}

enum error_code process_terminate(struct process_id id,
				  const struct process_control_capability *capability)
{
	struct process *process = process_find(id);

	(void)capability;
	if (process == NULL) {
		return ERROR_NODEVICE;
	}
	if (process->state == PROCESS_TERMINATED && process->pending == 0) {
		return ERROR_ALREADY;
	}
	process_end(process, PROCESS_TERMINATED);
	return ERROR_NONE;
}

enum error_code process_boot(struct process_id id,
			     const struct process_control_capability *capability)
{
	struct process *process = process_find(id);

	(void)capability;
	if (process == NULL) {
		return ERROR_NODEVICE;
	}
	if (process->state != PROCESS_TERMINATED) {
		return ERROR_INVAL;
	}
	process_restart(process);
	return ERROR_NONE;
}

enum error_code process_make_fault(struct process_id id,
				   const struct process_control_capability *capability)
{
	struct process *process = process_find(id);

	(void)capability;
	if (process == NULL) {
		return ERROR_NODEVICE;
	}
	if (!process_is_alive(process)) {
		return process->state == PROCESS_FAULTED ? ERROR_ALREADY : ERROR_INVAL;
	}
	process_fail(process, &(struct fault){.cause = FAULT_REQUESTED});
	return ERROR_NONE;
}
