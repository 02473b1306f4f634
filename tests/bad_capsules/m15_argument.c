/* An interface by value.
 *
 * EXPECT: refuse M16 "a parameter"
 */

#include "bad.h"

static void bad_g(struct alarm alarm)
{
	alarm_disarm(&alarm);
}

static void bad_f(struct bad *self)
{
	bad_g(*self->alarm);
}
