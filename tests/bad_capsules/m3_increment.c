/* The same, step by step.
 *
 * EXPECT: refuse M3 "arithmetic"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	const struct bad_point *p = self->point;
	p++;
	self->index = p->x;
}
