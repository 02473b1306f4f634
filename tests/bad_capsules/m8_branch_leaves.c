/* One way leaves; the other is what is known.
 *
 * EXPECT: refuse M8 "'other' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other)
{
	if (self->flag) {
		other = self->next;
		self->index = 1;
	} else {
		return;
	}
	other->index = 1;
}
