/* What was lent, returned.
 *
 * EXPECT: refuse B2 "lent pointer"
 */

#include "bad.h"

static const struct bad_point *bad_g(const struct bad_point *point)
{
	return point;
}

static void bad_f(struct bad *self)
{
	self->index = bad_g(self->point)->x;
}
