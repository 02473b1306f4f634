/* A dialect of the compilers.
 *
 * EXPECT: refuse C12 "'...'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	switch (self->index) {
	case 1 ... 3:
		self->flag = true;
		break;
	default:
		break;
	}
}
