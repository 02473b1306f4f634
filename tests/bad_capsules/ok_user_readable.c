/* Writes what the process reads.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		struct write_span state = allowed_user_readable(app.access, 0);

		(void)write_span_copy(state, 0, &self->buffer, grant_access_upcalls(app.access));
	}
}
