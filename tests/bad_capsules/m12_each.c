/* A name that means the new variable already.
 *
 * EXPECT: refuse M12 "'self' has no value"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	FOR_EACH(struct bad, self, self->friends) {
		self->index = 1;
	}
}
