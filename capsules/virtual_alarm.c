/* Many alarms out of one.
 *
 * No absolute times are kept: each alarm remembers a tick already past and the ticks left after it,
 * so the clock's wrap needs no case of its own, as long as `since` is less than a whole wrap ago.
 * Whenever the hardware fires, every alarm's `since` is moved forward to now. The mux's own is the last tick at which
 * anybody read the clock here: none of the alarms' lies ahead of it.
 *
 * Invariant: while any alarm is armed the hardware is armed, for no later than the first of them
 * and no later than ALARM_SLEEP_MAX after the last time `since` was moved forward. It may be armed for
 * earlier than needed, when an alarm was put off or disarmed: then it fires, nothing is due, and it
 * is armed anew. That is what lets set() look at one alarm only. While the mux is firing the invariant
 * holds for the moment it keeps, and the hardware is set to that in the end. */

#include <capsules/virtual_alarm.h>

/* It is `now`, and the mux must wake `left` ticks later, or earlier. Answers whether it would have been later. */
static bool mux_advance(struct virtual_alarm_mux *mux, uint32_t now, uint32_t left)
{
	uint32_t before = alarm_ticks_left(mux->since, mux->left, now);

	mux->since = now;
	mux->left = minimum(left, before);
	return left < before;
}

static void mux_fired(struct virtual_alarm_mux *mux)
{
	mux->is_firing = true;
	mux->since = alarm_fired_at(mux->hardware);
	mux->left = ALARM_SLEEP_MAX;
	FOR_EACH(struct virtual_alarm, each, mux->alarms) {
		if (!each->armed) {
			continue;
		}

		uint32_t now = mux->since; /* later than before if a client has set any alarm */
		uint32_t left = alarm_ticks_left(each->since, each->left, now);

		each->since = now;
		each->left = left;
		if (left > 0) {
			mux->left = minimum(left, mux->left);
			continue;
		}
		each->armed = false;
		mux->armed--;
		alarm_fired(&each->alarm, now);
	}
	mux->is_firing = false;
	if (mux->armed > 0) {
		alarm_set(mux->hardware, mux->since, mux->left);
	}
}

ALARM_CLIENT_IMPLEMENT(virtual_alarm_mux, struct virtual_alarm_mux, client, .fired = mux_fired);

static uint32_t virtual_now(struct virtual_alarm *self)
{
	return alarm_now(self->hardware);
}

static uint32_t virtual_frequency(struct virtual_alarm *self)
{
	return alarm_frequency(self->mux->hardware);
}

static void virtual_set(struct virtual_alarm *self, uint32_t reference, uint32_t dt)
{
	struct virtual_alarm_mux *mux = self->mux;
	uint32_t now = alarm_now(mux->hardware);

	bool is_first = mux->armed == 0 && !mux->is_firing;

	if (is_first) {
		mux->since = now;
		mux->left = ALARM_SLEEP_MAX;
	}
	if (!self->armed) {
		self->armed = true;
		mux->armed++;
	}
	self->left = alarm_ticks_left(reference, dt, now);
	self->since = now;

	bool is_earlier = mux_advance(mux, now, self->left);

	if (is_first || (is_earlier && !mux->is_firing)) {
		alarm_set(mux->hardware, mux->since, mux->left);
	}
}

static void virtual_disarm(struct virtual_alarm *self)
{
	struct virtual_alarm_mux *mux = self->mux;

	if (!self->armed) {
		return;
	}
	self->armed = false;
	mux->armed--;
	if (mux->armed == 0) {
		alarm_disarm(mux->hardware);
	}
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
	self->armed = 0;
	self->is_firing = false;
	alarm_client_bind(&self->client, &virtual_alarm_mux_alarm_client_operations);
	alarm_set_client(hardware, &self->client);
}

void virtual_alarm_init(struct virtual_alarm *self, struct virtual_alarm_mux *mux)
{
	alarm_bind(&self->alarm, &virtual_alarm_alarm_operations);
	self->mux = mux;
	self->hardware = mux->hardware;
	self->armed = false;
	mux->alarms[mux->count] = self;
	mux->count++;
}
