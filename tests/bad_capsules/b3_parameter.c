/* A name for two things.
 *
 * EXPECT: refuse B3 "'point' holds something lent"
 */

#include "bad.h"

static void bad_f(struct bad *self, const struct bad_point *point)
{
	struct bad_point here = {1, 2};
	point = &here;
	self->index = point->x;
}
