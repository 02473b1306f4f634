/* A block that may not run.
 *
 * EXPECT: refuse O3 "'buffer' is lost"
 */

#include "bad.h"

static void bad_g(struct bad *self, struct buffer buffer)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		app.state->x++;
		self->buffer = buffer_take(&buffer);
	}
}
