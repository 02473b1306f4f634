/* A pointer is left out.
 *
 * EXPECT: refuse M10 "'corner' may become NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_shape shape = {.sides = 3};
	self->index = shape.corner->x;
}
