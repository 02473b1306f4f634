/* Implements an interface and tells its client.
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

static uint32_t bad_now(struct own *self)
{
	return self->index;
}

static void bad_set(struct own *self, uint32_t reference, uint32_t dt)
{
	self->index = reference + dt;
	deferred_call_set(&self->deferred);
}

static void bad_disarm(struct own *self)
{
	self->flag = false;
}

static bool bad_is_armed(struct own *self)
{
	return self->flag;
}

ALARM_IMPLEMENT(bad, struct own, offered, .now = bad_now, .frequency = bad_now, .set = bad_set,
		.disarm = bad_disarm, .is_armed = bad_is_armed);

static void bad_run(struct own *self)
{
	alarm_fired(&self->offered, self->index);
}

DEFERRED_CALL_IMPLEMENT(bad, struct own, deferred, .run = bad_run);

static void bad_f(struct own *self)
{
	alarm_bind(&self->offered, &bad_alarm_operations);
	deferred_call_bind(&self->deferred, &bad_deferred_call_operations);
}
