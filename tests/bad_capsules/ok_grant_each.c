/* Every process's part.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t sum = 0;

	GRANT_EACH(bad_grant, app, &self->grant) {
		sum += app.state->x;
	}
	self->index = sum;
}
