/* A view hidden in an array in a struct.
 *
 * EXPECT: refuse B1 "lent view is stored"
 */

#include "bad.h"

struct views {
	struct read_span spans[2];
};

static void bad_f(struct bad *self)
{
	struct views views = {0};

	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		views.spans[1] = allowed_read_only(app.access, 0);
	}
	self->index = read_span_get(views.spans[1], 0);
}
