/* Tells another object's client.
 *
 * EXPECT: refuse A10 "'alarm_fired'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	alarm_fired(self->alarm, 0);
}
