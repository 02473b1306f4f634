/* No label fits.
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
	case 1:
		other = self;
		break;
	}
	other->index = 1;
}
