/* A view, to somebody who keeps it.
 *
 * EXPECT: refuse B4 "passed to 'bad_g', which keeps it"
 */

#include "bad.h"

static void bad_g(struct bad *self, struct read_span words KEEP)
{
	self->words = words;
}

static void bad_f(struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		bad_g(self, allowed_read_only(app.access, 0));
	}
}
