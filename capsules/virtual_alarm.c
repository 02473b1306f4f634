/* Many alarms out of one.
 *
 * No absolute times are kept: each alarm remembers a tick already past and the ticks left after it,
 * so the clock's wrap needs no case of its own, as long as `since` is less than a whole wrap ago.
 * Whenever the hardware fires, every alarm's `since` is moved forward to now.
 *
 * Invariant: while any alarm is armed the hardware is armed, for no later than the first of them
 * and no later than ALARM_SLEEP_MAX after the last time `since` was moved forward. It may be armed for
 * earlier than needed, when an alarm was put off or disarmed: then it fires, nothing is due, and it
 * is armed anew. That is what lets set() look at one alarm only. */

#include <capsules/virtual_alarm.h>

static void mux_set_hardware(struct virtual_alarm_mux *mux, uint32_t now, uint32_t left)
{
	mux->since = now;
	mux->left = minimum(left, ALARM_SLEEP_MAX);
	alarm_set(mux->hardware, mux->since, mux->left);
}

/* Calls those that are due. Their clients may set and disarm any alarm, hence the fresh `now`: a
 * `since` set meanwhile must not lie ahead of it. */
static void mux_fire_due(struct virtual_alarm_mux *mux)
{
	FOR_EACH(struct virtual_alarm, each, mux->alarms) {
		if (each->armed &&
		    alarm_ticks_left(each->since, each->left, alarm_now(mux->hardware)) == 0) {
			each->armed = false;
			alarm_fired(&each->alarm);
		}
	}
}

static void mux_fired(struct virtual_alarm_mux *mux)
{
	mux_fire_due(mux);

	uint32_t now = alarm_now(mux->hardware);
	uint32_t least = UINT32_MAX;
	bool any = false;

	FOR_EACH(struct virtual_alarm, each, mux->alarms) {
		if (each->armed) {
			each->left = alarm_ticks_left(each->since, each->left, now);
			each->since = now;
			least = minimum(least, each->left);
			any = true;
		}
	}
	if (any) {
		mux_set_hardware(mux, now, least);
	} else {
		/* It is armed again if a client set an alarm that came due in this same pass. */
		alarm_disarm(mux->hardware);
	}
}

ALARM_CLIENT_IMPLEMENT(virtual_alarm_mux, struct virtual_alarm_mux, client, .fired = mux_fired);

static uint32_t virtual_now(struct virtual_alarm *self)
{
	return alarm_now(self->mux->hardware);
}

static uint32_t virtual_frequency(struct virtual_alarm *self)
{
	return alarm_frequency(self->mux->hardware);
}

static void virtual_set(struct virtual_alarm *self, uint32_t reference, uint32_t dt)
{
	struct virtual_alarm_mux *mux = self->mux;
	uint32_t now = alarm_now(mux->hardware);

	self->left = alarm_ticks_left(reference, dt, now);
	self->since = now;
	self->armed = true;
	if (!alarm_is_armed(mux->hardware) ||
	    self->left < alarm_ticks_left(mux->since, mux->left, now)) {
		mux_set_hardware(mux, now, self->left);
	}
}

static void virtual_disarm(struct virtual_alarm *self)
{
	struct virtual_alarm_mux *mux = self->mux;

	self->armed = false;
	FOR_EACH(struct virtual_alarm, each, mux->alarms) {
		if (each->armed) {
			return;
		}
	}
	alarm_disarm(mux->hardware);
}

static bool virtual_is_armed(struct virtual_alarm *self)
{
	return self->armed;
}

ALARM_IMPLEMENT(virtual_alarm, struct virtual_alarm, alarm, .now = virtual_now,
		.frequency = virtual_frequency, .set = virtual_set, .disarm = virtual_disarm,
		.is_armed = virtual_is_armed);

void virtual_alarm_mux_init(struct virtual_alarm_mux *self, struct alarm *hardware)
{
	self->hardware = hardware;
	self->count = 0;
	alarm_client_bind(&self->client, &virtual_alarm_mux_alarm_client_operations);
	alarm_set_client(hardware, &self->client);
}

void virtual_alarm_init(struct virtual_alarm *self, struct virtual_alarm_mux *mux)
{
	alarm_bind(&self->alarm, &virtual_alarm_alarm_operations);
	self->mux = mux;
	self->armed = false;
	mux->alarms[mux->count] = self;
	mux->count++;
}
