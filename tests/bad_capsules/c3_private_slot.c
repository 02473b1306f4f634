/* Turns back a trusted loop's own counter.
 *
 * EXPECT: refuse C3 "'private_slot'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	GRANT_EACH(bad_grant, app, &self->grant) {
		private_slot = 0;
		app.state->x++;
	}
}
