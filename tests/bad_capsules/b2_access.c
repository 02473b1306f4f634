/* The key to a process, returned.
 *
 * EXPECT: refuse B2 "lent view"
 */

#include "bad.h"

static struct grant_access bad_g(struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		return app.access;
	}
	return bad_g(self);
}
