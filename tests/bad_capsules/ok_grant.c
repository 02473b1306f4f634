/* A grant, a view and an upcall.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		app.state->x = read_span_length(allowed_read_only(app.access, 0));
		app.state->values[self->index] = 1;
		(void)upcall_schedule(app.access, 0, app.state->x, 0, 0);
	}
}
