/* The stack, kept.
 *
 * EXPECT: refuse B1 "lent pointer"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_point here = {1, 2};
	self->point = &here;
}
