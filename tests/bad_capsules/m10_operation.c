/* An operation left out is one at address 0.
 *
 * EXPECT: refuse M10 "'bad_alarm_functions' may become NULL"
 */

#include "bad.h"

struct own {
	struct alarm offered;
	uint32_t ticks;
};

static uint32_t bad_now(struct own *self)
{
	return self->ticks;
}

ALARM_IMPLEMENT(bad, struct own, offered, .now = bad_now, .frequency = bad_now);

static void bad_f(struct own *self)
{
	alarm_bind(&self->offered, &bad_alarm_operations);
}
