/* A client, bound to its own member.
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

static void bad_fired(struct own *self)
{
	self->index++;
	alarm_set(self->alarm, self->index, 3);
}

ALARM_CLIENT_IMPLEMENT(bad, struct own, client, .fired = bad_fired);

static void bad_f(struct own *self, struct alarm *alarm)
{
	self->alarm = alarm;
	alarm_client_bind(&self->client, &bad_alarm_client_operations);
	alarm_set_client(alarm, &self->client);
}
