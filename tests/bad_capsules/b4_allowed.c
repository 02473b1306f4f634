/* A span over process memory to a parameter that keeps it.
 *
 * EXPECT: refuse B4 "lent view is passed to 'bad_keep'"
 */

#include "bad.h"

static void bad_keep(struct bad *self, struct read_span name KEEP)
{
	self->words = name;
}

static void bad_f(struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		bad_keep(self, allowed_read_only(app.access, 0));
	}
}
