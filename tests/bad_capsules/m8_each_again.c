/* What a block assigned, at its second round.
 *
 * EXPECT: refuse M8 "'other' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other)
{
	FOR_EACH(struct bad, each, self->friends) {
		each->index = other->index;
		other = self->next;
	}
	self->index = 1;
}
