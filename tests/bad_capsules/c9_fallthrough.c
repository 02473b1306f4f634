/* Harmless ones neither.
 *
 * EXPECT: refuse C9 "'fallthrough'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	switch (self->index) {
	case 1:
		self->index = 0;
		[[fallthrough]];
	default:
		self->flag = true;
	}
}
