/* A jump into a block.
 *
 * EXPECT: refuse C15 "label inside"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	switch (self->index) {
	case 0:
		if (self->flag) {
		case 1:
			self->index = 3;
		}
		break;
	default:
		break;
	}
}
