/* A table of its own behind the one that the macro makes.
 *
 * EXPECT: refuse A9 "'struct alarm_client_operations'"
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

ALARM_CLIENT_IMPLEMENT(bad, struct own, client, .fired = bad_fired),
    more = {.fired = bad_alarm_client_fired};
