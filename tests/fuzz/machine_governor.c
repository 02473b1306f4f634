/* A driver that lets processes do to each other, and to themselves, what only the trusted may: so that it
 * happens in the middle of a system call too, with grants open.
 *
 *     command 1 to 5 (slot)  stop, resume, terminate, boot, make fault
 *     command 6 (slot)       settle
 *     upcall 0               to the caller, if it still lives after that */

#include "machine.h"

#include <kernel/process_control.h>

static const struct process_control_capability control;

struct machine_governor machine_governor;

enum error_code machine_govern(uint32_t command, struct process_id id)
{
	switch (command) {
	case 1:
		return process_stop(id, &control);
	case 2:
		return process_resume(id, &control);
	case 3:
		return process_terminate(id, &control);
	case 4:
		return process_boot(id, &control);
	case 5:
		return process_make_fault(id, &control);
	default:
		return process_settle(id, &control) == FAULT_ACTION_NONE ? ERROR_NODEVICE
									 : ERROR_NONE;
	}
}

static struct command_result governor_command(struct machine_governor *self,
					      struct process_id caller, uint32_t command,
					      uint32_t slot, uint32_t unused,
					      struct command_reply *reply)
{
	const struct process *target = machine.processes[slot % MACHINE_SLOTS];
	enum error_code status = ERROR_NOMEM;

	(void)unused;
	(void)reply;
	if (command == 0 || target == NULL) {
		return command_success();
	}
	GRANT_ENTER(governor_grant, app, &self->grant, caller) {
		app.state->calls++;
		status = machine_govern(command, target->id);
		(void)upcall_schedule(app.access, 0, command, status, 0);
		/* The access may have outlived its process: then it is good for nothing. */
		CHECK(process_find(caller)->state != PROCESS_TERMINATED ||
		      (read_span_length(allowed_read_only(app.access, 0)) == 0 &&
		       write_span_length(allowed_read_write(app.access, 0)) == 0));
	}
	return command_status(status);
}

DRIVER_IMPLEMENT(governor, struct machine_governor, driver, .command = governor_command);

void machine_governor_init(struct machine_governor *self)
{
	*self = (struct machine_governor){0};
	governor_grant_init(&self->grant);
	driver_bind(&self->driver, &governor_driver_operations, &self->grant.grant);
}
