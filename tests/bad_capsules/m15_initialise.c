/* A copy of an interface on the stack.
 *
 * EXPECT: refuse M15 "cannot be copied"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct alarm copy = *self->alarm;
	alarm_disarm(&copy);
}
