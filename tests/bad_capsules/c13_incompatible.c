/* One interface for another.
 *
 * EXPECT: refuse C13 "incompatible pointer"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	alarm_disarm(self->uart);
}
