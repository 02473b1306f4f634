/* What is lent goes down.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_g(struct grant_access access, struct bad_app *app)
{
	app->x++;
	(void)upcall_schedule(access, 0, app->x, 0, 0);
}

static void bad_f(struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		bad_g(app.access, app.state);
	}
}
