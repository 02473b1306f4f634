/* A buffer that the process reads, kept.
 *
 * EXPECT: refuse B1 "is stored"
 */

#include "bad.h"

struct bad_hold {
	struct write_span span;
};

static void bad_f(struct bad_hold *hold, struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		hold->span = allowed_user_readable(app.access, 0);
	}
}
