/* The stack, to somebody who keeps it.
 *
 * EXPECT: refuse B4 "passed to 'bad_g', which keeps it"
 */

#include "bad.h"

static void bad_g(struct bad *self, const struct bad_point *point KEEP)
{
	self->point = point;
}

static void bad_f(struct bad *self)
{
	struct bad_point here = {1, 2};
	bad_g(self, &here);
}
