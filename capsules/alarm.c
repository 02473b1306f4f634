/* System-call driver 0x0: one alarm for each process, out of one alarm for all.
 *
 * As in virtual_alarm.c each process's alarm is a tick already past and the ticks left after it, so that
 * the clock's wrap needs no case of its own. At which of them to look next is told by a heap of turns, one
 * for each process: a turn comes no later than the alarm of its process, and no later than TURN_MAX after
 * it was given. It may come earlier than needed: a process can stop its alarm, put it off, or end. Then it
 * finds nothing due. Therefore set looks at one process only, and a turn never moves back in the heap.
 *
 * Invariant: while there are turns, and only then, the alarm is set, for no later than the first of them. So
 * the epoch, which is moved to now at every firing, is at most TURN_MAX and the lateness ago, a turn at most
 * TURN_MAX ahead, and what lies between fits into 32 bits: turns are compared as they lie behind the epoch. */

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

enum {
	LEVELS_MAX = 8, /* of a heap of 255 */
	/* Ticks. Twice this, and half the clock's range of lateness, fit into 32 bits. */
	TURN_MAX = UINT32_MAX / 4,
};

static bool is_before(const struct alarm_driver *self, uint32_t tick, uint32_t other)
{
	return tick - self->epoch < other - self->epoch;
}

static void turn_put(struct alarm_driver *self, uint32_t place, struct alarm_turn turn)
{
	self->turns[place] = turn;
	self->places[process_id_slot(turn.process)] = (uint8_t)place;
}

/* Puts it there, or further to the front. */
static void turn_rise(struct alarm_driver *self, uint32_t place, struct alarm_turn turn)
{
	for (uint32_t level = 0; level < LEVELS_MAX && place > 0; level++) {
		uint32_t parent = (place - 1) / 2;

		if (!is_before(self, turn.tick, self->turns[parent].tick)) {
			break;
		}
		turn_put(self, place, self->turns[parent]);
		place = parent;
	}
	turn_put(self, place, turn);
}

/* Puts it where the first one was, or further to the back. */
APART static void turn_sink(struct alarm_driver *self, struct alarm_turn turn)
{
	uint32_t place = 0;

	for (uint32_t level = 0; level < LEVELS_MAX && 2 * place + 1 < self->count; level++) {
		uint32_t child = 2 * place + 1;

		if (child + 1 < self->count &&
		    is_before(self, self->turns[child + 1].tick, self->turns[child].tick)) {
			child++;
		}
		if (!is_before(self, self->turns[child].tick, turn.tick)) {
			break;
		}
		turn_put(self, place, self->turns[child]);
		place = child;
	}
	turn_put(self, place, turn);
}

/* Beside those of other processes, or in place of the one it has. */
APART static void turn_give_among(struct alarm_driver *self, struct alarm_turn turn, uint32_t now)
{
	struct process_id process = turn.process;
	uint32_t place = self->places[process_id_slot(process)];

	if (place >= self->count ||
	    process_id_slot(self->turns[place].process) != process_id_slot(process)) {
		place = self->count;
		self->count++;
	} else if (!is_before(self, turn.tick, self->turns[place].tick)) {
		/* It may be of the life before. */
		self->turns[place].process = process;
		return;
	}
	turn_rise(self, place, turn);
	if (self->places[process_id_slot(process)] == 0) {
		alarm_set(self->alarm, now, turn.tick - now);
	}
}

/* The process is looked at in `left` ticks, or earlier. */
APART static void turn_give(struct alarm_driver *self, struct process_id process, uint32_t now,
			    uint32_t left)
{
	uint32_t sleep = minimum(left, TURN_MAX);
	struct alarm_turn turn = {now + sleep, process};

	if (self->count != 0) {
		turn_give_among(self, turn, now);
		return;
	}
	self->epoch = now;
	self->count = 1;
	turn_put(self, 0, turn);
	alarm_set(self->alarm, now, sleep);
}

/* Answers what is left of the process's alarm, in ticks; 0: nothing is armed, any more. */
APART static uint32_t alarm_driver_look(struct alarm_driver *self, struct process_id process,
					uint32_t now)
{
	GRANT_ENTER(alarm_grant, app, &self->grant, process) {
		if (!app.state->armed) {
			return 0;
		}
		app.state->left = alarm_ticks_left(app.state->since, app.state->left, now);
		app.state->since = now;
		if (app.state->left > 0) {
			return app.state->left;
		}
		app.state->armed = false;
		/* An upcall that finds no room is counted by the kernel; there is nobody to tell. */
		(void)upcall_schedule(app.access, UPCALL_FIRED, now, app.state->expiration, 0);
	}
	return 0;
}

static void alarm_driver_fired(struct alarm_driver *self)
{
	uint32_t now = alarm_fired_at(self->alarm);

	for (uint32_t i = 0; i < PROCESS_SLOTS; i++) {
		if (is_before(self, now, self->turns[0].tick)) {
			break;
		}

		struct process_id process = self->turns[0].process;
		uint32_t left = alarm_driver_look(self, process, now);

		if (left > 0) {
			turn_sink(self,
				  (struct alarm_turn){now + minimum(left, TURN_MAX), process});
			continue;
		}
		self->count--;
		if (self->count == 0) {
			return;
		}
		turn_sink(self, self->turns[self->count]);
	}
	self->epoch = now;
	alarm_set(self->alarm, now, self->turns[0].tick - now);
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
		turn_give(self, caller, now, left);
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

/* All but what is asked most often, and must not pay for the registers of the others. */
APART static struct command_result
alarm_driver_otherwise(struct alarm_driver *self, struct process_id caller, uint32_t command,
		       uint32_t argument1, uint32_t argument2, struct command_reply *reply)
{
	switch (command) {
	case COMMAND_EXISTS:
		return command_success();
	case COMMAND_FREQUENCY:
		return command_success_u32(reply, alarm_frequency(self->alarm));
	case COMMAND_STOP:
		return alarm_driver_stop(self, caller);
	case COMMAND_SET_RELATIVE:
	case COMMAND_SET_ABSOLUTE: {
		uint32_t now = alarm_now(self->alarm);
		bool is_relative = command == COMMAND_SET_RELATIVE;

		return alarm_driver_set(self, caller, now, is_relative ? now : argument1,
					is_relative ? argument1 : argument2, reply);
	}
	default:
		return command_failure(ERROR_NOSUPPORT);
	}
}

APART static struct command_result alarm_driver_command(struct alarm_driver *self,
							struct process_id caller, uint32_t command,
							uint32_t argument1, uint32_t argument2,
							struct command_reply *reply)
{
	if (command == COMMAND_NOW) {
		return command_success_u32(reply, alarm_now(self->alarm));
	}
	return alarm_driver_otherwise(self, caller, command, argument1, argument2, reply);
}

DRIVER_IMPLEMENT(alarm_driver, struct alarm_driver, driver, .command = alarm_driver_command);

void alarm_driver_init(struct alarm_driver *self, struct alarm *alarm)
{
	self->alarm = alarm;
	self->count = 0;
	alarm_grant_init(&self->grant);
	driver_bind(&self->driver, &alarm_driver_driver_operations, &self->grant.grant);
	alarm_client_bind(&self->client, &alarm_driver_alarm_client_operations);
	alarm_set_client(alarm, &self->client);
}
