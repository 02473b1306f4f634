/* Static objects in an array.
 *
 * EXPECT: refuse M16 "cannot be a local variable"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct alarm alarms[2] = {0};

	self->index = ARRAY_LENGTH(alarms);
}
