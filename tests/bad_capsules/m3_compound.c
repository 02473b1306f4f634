/* The same with +=.
 *
 * EXPECT: refuse M3 "arithmetic"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	const struct bad_point *p = self->point;
	p += 2;
	self->index = p->x;
}
