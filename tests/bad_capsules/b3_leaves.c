/* The same with a view of text.
 *
 * EXPECT: refuse B1 "lent view"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct read_span span = SPAN_OF_TEXT("");

	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		span = allowed_read_only(app.access, 0);
	}
	self->index = read_span_length(span);
}
