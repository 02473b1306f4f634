/* The process whose grant is entered is asked of the entry, which is not there yet.
 *
 * EXPECT: refuse M12 "'app' has no value yet"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, grant_access_process(app.access)) {
		app.state->x = 1;
	}
}
