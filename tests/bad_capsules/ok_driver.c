/* A system-call driver, with a grant and without.
 *
 * EXPECT: accept
 */

#include "bad.h"

/* One of its own: only its own file implements interfaces of a struct. */
struct own {
	struct driver driver;
	struct alarm_client client;
	struct alarm_client other_client;
	struct alarm offered;
	struct deferred_call deferred;
	struct bad_grant grant;
	struct alarm *alarm;
	struct process_id process;
	uint32_t numbers[8];
	uint32_t index;
	bool flag;
};

enum {
	COMMAND_EXISTS = 0,
	COMMAND_READ = 1
};

static struct command_result bad_command(struct own *self, struct process_id caller,
					 uint32_t command, uint32_t argument, uint32_t unused,
					 struct command_reply *reply)
{
	(void)unused;
	self->process = caller;
	switch (command) {
	case COMMAND_EXISTS:
		return command_success();
	case COMMAND_READ: {
		uint32_t index = argument % ARRAY_LENGTH(self->numbers);

		return command_success_u32(reply, self->numbers[index]);
	}
	default:
		return command_failure(ERROR_NOSUPPORT);
	}
}

DRIVER_IMPLEMENT(bad, struct own, driver, .command = bad_command);

static void bad_f(struct own *self)
{
	driver_bind(&self->driver, &bad_driver_operations, NULL);
	driver_bind(&self->driver, &bad_driver_operations, &self->grant.grant);
}
