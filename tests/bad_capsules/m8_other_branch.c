/* Assigned on the other.
 *
 * EXPECT: refuse M8 "'other' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other)
{
	if (self->flag) {
		self->index = 1;
	} else {
		other = self->next;
		self->index = 2;
	}
	other->index = 1;
}
