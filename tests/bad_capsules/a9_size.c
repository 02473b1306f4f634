/* A table is measured.
 *
 * EXPECT: refuse A9 "'bad_alarm_client_operations'"
 */

#include "bad.h"

struct own {
	struct alarm_client client;
	uint32_t x;
};

static void bad_fired(struct own *self)
{
	self->x = 1;
}

ALARM_CLIENT_IMPLEMENT(bad, struct own, client, .fired = bad_fired);

static void bad_f(struct own *self)
{
	self->x = sizeof(bad_alarm_client_operations);
}
