/* System-call driver 0x10000: who can find, notify and share memory with whom. The kernel does the
 * sharing (kernel/share.h); here is only which slot and which upcall belong to whom. */

#include <capsules/ipc.h>

enum {
	COMMAND_EXISTS = 0,
	COMMAND_DISCOVER = 1,
	COMMAND_NOTIFY_SERVICE = 2,
	COMMAND_NOTIFY_CLIENT = 3,

	SHARED_NAME = 0, /* read-only slot */
};

static bool ipc_names_equal(struct read_span a, struct read_span b)
{
	uint32_t length = read_span_length(a);

	if (length != read_span_length(b) || length > IPC_NAME_MAX) {
		return false;
	}
	for (uint32_t i = 0; i < minimum(length, IPC_NAME_MAX); i++) {
		if (read_span_get(a, i) != read_span_get(b, i)) {
			return false;
		}
	}
	return true;
}

static struct command_result ipc_find(const struct ipc *self, struct read_span name,
				      struct command_reply *reply)
{
	struct process_description process = {0};

	for (uint32_t slot = 0; slot < process_slots(); slot++) {
		if (process_describe(slot, self->inspect, &process) &&
		    ipc_names_equal(process.name, name)) {
			return command_success_u32(reply, slot);
		}
	}
	return command_failure(ERROR_NODEVICE);
}

static struct command_result ipc_discover(struct ipc *self, struct process_id caller,
					  struct command_reply *reply)
{
	GRANT_ENTER(ipc_grant, app, &self->grant, caller) {
		return ipc_find(self, allowed_read_only(app.access, SHARED_NAME), reply);
	}
	return command_failure(ERROR_NOMEM);
}

static struct command_result ipc_notify(struct ipc *self, struct process_id caller, uint32_t target,
					uint32_t upcall)
{
	if (target >= IPC_PROCESSES) {
		return command_failure(ERROR_INVAL);
	}
	if (target == process_id_slot(caller)) {
		return command_success();
	}
	GRANT_ENTER(ipc_grant, app, &self->grant, caller) {
		return command_status(
		    share_notify(app.access, target, target, upcall, self->share));
	}
	return command_failure(ERROR_NOMEM);
}

static struct command_result ipc_command(struct ipc *self, struct process_id caller,
					 uint32_t command, uint32_t target, uint32_t unused,
					 struct command_reply *reply)
{
	(void)unused;
	switch (command) {
	case COMMAND_EXISTS:
		return command_success();
	case COMMAND_DISCOVER:
		return ipc_discover(self, caller, reply);
	case COMMAND_NOTIFY_SERVICE:
		return ipc_notify(self, caller, target, target);
	case COMMAND_NOTIFY_CLIENT:
		return ipc_notify(self, caller, target, process_id_slot(caller));
	default:
		return command_failure(ERROR_NOSUPPORT);
	}
}

DRIVER_IMPLEMENT(ipc, struct ipc, driver, .command = ipc_command);

void ipc_init(struct ipc *self, const struct process_inspect_capability *inspect,
	      const struct process_share_capability *share)
{
	self->inspect = inspect;
	self->share = share;
	ipc_grant_init(&self->grant);
	driver_bind(&self->driver, &ipc_driver_operations, &self->grant.grant);
}
