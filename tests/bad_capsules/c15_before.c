/* What no way leads to.
 *
 * EXPECT: refuse C15 "before the first label"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	switch (self->index) {
		self->flag = true;
	case 1:
		break;
	default:
		break;
	}
}
