/* Closes a grant and goes on working on it.
 *
 * EXPECT: refuse A11 "'bad_grant_leave'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		bad_grant_leave(&app);
		app.state->x = 1;
	}
}
