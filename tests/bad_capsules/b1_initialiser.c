/* Kept by way of a struct.
 *
 * EXPECT: refuse B1 "lent pointer"
 */

#include "bad.h"

static void bad_f(struct bad *self, const struct bad_point *point)
{
	struct bad_shape shape = {.corner = point};
	self->point = shape.corner;
}
