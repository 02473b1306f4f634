/* An open grant out of nothing.
 *
 * EXPECT: refuse A5 "'struct grant_access'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_grant_entry app = {0};

	app.state->x = self->index;
}
