/* A view that leaves its block.
 *
 * EXPECT: refuse B3 "'span' holds something lent"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct read_span words)
{
	struct read_span span = words;
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		span = allowed_read_only(app.access, 0);
	}
	self->index = read_span_length(span);
}
