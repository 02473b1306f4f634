/* The struct behind this one.
 *
 * EXPECT: refuse M3 "arithmetic"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	const struct bad_point *p = self->point + 1;
	self->index = p->x;
}
