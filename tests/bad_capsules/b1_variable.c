/* Kept by way of a variable.
 *
 * EXPECT: refuse B1 "lent pointer"
 */

#include "bad.h"

static void bad_f(struct bad *self, const struct bad_point *point)
{
	const struct bad_point *p = self->point;
	p = point;
	self->point = p;
}
