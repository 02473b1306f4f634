/* A process's buffer, kept.
 *
 * EXPECT: refuse B1 "lent view"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		self->words = allowed_read_only(app.access, 0);
	}
}
