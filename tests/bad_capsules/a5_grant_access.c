/* The key to a process, made up.
 *
 * EXPECT: refuse A5 "'struct grant_access'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct grant_access access = {NULL, NULL, NULL};
	(void)upcall_schedule(access, 0, 1, 2, 3);
	self->index = 0;
}
