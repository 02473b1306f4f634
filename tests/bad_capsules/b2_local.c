/* The stack, returned.
 *
 * EXPECT: refuse B2 "lent pointer"
 */

#include "bad.h"

static const struct bad_point *bad_g(void)
{
	struct bad_point here = {1, 2};

	return &here;
}

static void bad_f(struct bad *self)
{
	self->index = bad_g()->x;
}
