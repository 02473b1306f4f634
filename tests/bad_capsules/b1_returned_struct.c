/* A lent pointer in a struct that is returned.
 *
 * EXPECT: refuse B1 "lent pointer is stored"
 */

#include "bad.h"

static struct bad_shape bad_shape(const struct bad_point *point)
{
	return (struct bad_shape){.corner = point, .sides = 1};
}

static void bad_f(struct bad *self, const struct bad_point *point)
{
	self->point = bad_shape(point).corner;
}
