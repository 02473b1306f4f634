/* What a grant holds, kept.
 *
 * EXPECT: refuse B1 "lent pointer"
 */

#include "bad.h"

struct bad_hold {
	struct bad_app *app NULLABLE;
};

static void bad_f(struct bad_hold *hold, struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		hold->app = app.state;
	}
}
