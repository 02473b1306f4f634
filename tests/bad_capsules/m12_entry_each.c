/* The grant is chosen by the entry, which is not there yet.
 *
 * EXPECT: refuse M12 "'app' has no value yet"
 */

#include "bad.h"

static struct bad_grant *bad_choose(struct bad *self, uint32_t index)
{
	struct bad *friend = self->friends[index % 4];

	return friend != NULL ? &friend->grant : &self->grant;
}

static void bad_f(struct bad *self)
{
	GRANT_EACH(bad_grant, app, bad_choose(self, app.state->x)) {
		app.state->x = 1;
	}
}
