/* A key to nothing.
 *
 * EXPECT: refuse A5 "'struct grant_access'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct grant_access access = {0};

	self->flag = upcall_schedule(access, 0, 1, 2, 3) == ERROR_NONE;
}
