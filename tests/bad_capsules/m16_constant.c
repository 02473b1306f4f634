/* An interface that is bound to nothing.
 *
 * EXPECT: refuse M16 "cannot be a constant"
 */

#include "bad.h"

static const struct alarm_client bad_client = {0};

static void bad_f(struct bad *self)
{
	self->index = sizeof(bad_client);
}
