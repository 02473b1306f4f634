/* The same after a block of a trusted header.
 *
 * EXPECT: refuse M8 "'other' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other)
{
	FOR_EACH(struct bad, each, self->friends) {
		each->index = 1;
		other = self->next;
	}
	other->index = 1;
}
