/* Reached from above as well as from the head.
 *
 * EXPECT: refuse M8 "'other' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other)
{
	switch (self->index) {
	case 0:
	case 1:
		other = self->next;
		break;
	case 2:
		self->index = 1;
		break;
	default:
		return;
	}
	other->index = 1;
}
