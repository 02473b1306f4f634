/* Views as arguments.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct write_span shared = {0};

	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		self->index =
		    write_span_copy(allowed_read_write(app.access, 0), 0, &self->buffer, 4);
	}
	self->index += write_span_length(shared);
}
