/* What a plain struct lists may be kept; what is lent from it, may not.
 *
 * EXPECT: refuse B1 "lent pointer is stored"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad_shape *shapes)
{
	struct bad_shape copy = *shapes;

	self->point = copy.corner;
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		struct bad_app *state = app.state;
		struct bad_app *again = state;

		self->index = again->x;
	}
	struct bad_point here = {1, 2};
	const struct bad_point *there = &here;

	self->point = there;
}
