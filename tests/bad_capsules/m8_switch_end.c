/* The end of the last label is a way out too.
 *
 * EXPECT: refuse M8 "'other' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other NULLABLE)
{
	switch (self->index) {
	case 0:
		other = self;
		break;
	default:
		self->index = 1;
	}
	other->index = 1;
}
