/* System-call driver 0x0: one alarm for each process, out of one alarm for all.
 *
 * As in virtual_alarm.c each process's alarm is a tick already past and the ticks left after it,
 * moved forward at every firing, so that the clock's wrap needs no case of its own.
 *
 * Invariant: while any process's alarm is armed the hardware's is, for no later than the first of
 * them and no later than ALARM_SLEEP_MAX after the last firing. It may be armed for earlier than needed:
 * a process can stop its alarm, put it off, or end. Then one firing finds nothing due. Therefore
 * set looks at one process only. */

#include <capsules/alarm.h>

enum {
	COMMAND_EXISTS = 0,
	COMMAND_FREQUENCY = 1,
	COMMAND_NOW = 2,
	COMMAND_STOP = 3,
	COMMAND_SET_RELATIVE = 5,
	COMMAND_SET_ABSOLUTE = 6,

	UPCALL_FIRED = 0,
};

static void alarm_driver_wait(struct alarm_driver *self, uint32_t now, uint32_t left)
{
	self->since = now;
	self->left = minimum(left, ALARM_SLEEP_MAX);
	self->waiting = true;
	alarm_set(self->alarm, self->since, self->left);
}

static void alarm_driver_fired(struct alarm_driver *self)
{
	uint32_t now = alarm_now(self->alarm);

	self->waiting = false;
	self->since = now;
	self->left = ALARM_SLEEP_MAX;
	GRANT_EACH(alarm_grant, app, &self->grant) {
		if (!app.state->armed) {
			continue;
		}

		uint32_t left = alarm_ticks_left(app.state->since, app.state->left, now);

		app.state->since = now;
		app.state->left = left;
		if (left > 0) {
			self->waiting = true;
			self->left = minimum(self->left, left);
			continue;
		}
		app.state->armed = false;
		/* An upcall that finds no room is counted by the kernel; there is nobody to tell. */
		(void)upcall_schedule(app.access, UPCALL_FIRED, now, app.state->expiration, 0);
	}
	if (self->waiting) {
		alarm_set(self->alarm, now, self->left);
	}
}

ALARM_CLIENT_IMPLEMENT(alarm_driver, struct alarm_driver, client, .fired = alarm_driver_fired);

static struct command_result alarm_driver_set(struct alarm_driver *self, struct process_id caller,
					      uint32_t now, uint32_t reference, uint32_t dt,
					      struct command_reply *reply)
{
	GRANT_ENTER(alarm_grant, app, &self->grant, caller) {
		uint32_t left = alarm_ticks_left(reference, dt, now);

		app.state->since = now;
		app.state->left = left;
		app.state->expiration = reference + dt;
		app.state->armed = true;
		if (!self->waiting || left < alarm_ticks_left(self->since, self->left, now)) {
			alarm_driver_wait(self, now, left);
		}
		return command_success_u32(reply, reference + dt);
	}
	return command_failure(ERROR_NOMEM);
}

static struct command_result alarm_driver_stop(struct alarm_driver *self, struct process_id caller)
{
	GRANT_ENTER(alarm_grant, app, &self->grant, caller) {
		bool was_armed = app.state->armed;

		app.state->armed = false;
		return command_status(was_armed ? ERROR_NONE : ERROR_ALREADY);
	}
	return command_failure(ERROR_NOMEM);
}

static struct command_result alarm_driver_command(struct alarm_driver *self,
						  struct process_id caller, uint32_t command,
						  uint32_t argument1, uint32_t argument2,
						  struct command_reply *reply)
{
	switch (command) {
	case COMMAND_EXISTS:
		return command_success();
	case COMMAND_FREQUENCY:
		return command_success_u32(reply, alarm_frequency(self->alarm));
	case COMMAND_NOW:
		return command_success_u32(reply, alarm_now(self->alarm));
	case COMMAND_STOP:
		return alarm_driver_stop(self, caller);
	case COMMAND_SET_RELATIVE: {
		uint32_t now = alarm_now(self->alarm);

		return alarm_driver_set(self, caller, now, now, argument1, reply);
	}
	case COMMAND_SET_ABSOLUTE:
		return alarm_driver_set(self, caller, alarm_now(self->alarm), argument1, argument2,
					reply);
	default:
		return command_failure(ERROR_NOSUPPORT);
	}
}

DRIVER_IMPLEMENT(alarm_driver, struct alarm_driver, driver, .command = alarm_driver_command);

void alarm_driver_init(struct alarm_driver *self, struct alarm *alarm)
{
	self->alarm = alarm;
	self->waiting = false;
	alarm_grant_init(&self->grant);
	driver_bind(&self->driver, &alarm_driver_driver_operations, &self->grant.grant);
	alarm_client_bind(&self->client, &alarm_driver_alarm_client_operations);
	alarm_set_client(alarm, &self->client);
}
