/* A struct of zeros has no pointers.
 *
 * EXPECT: refuse M10 "'corner' may become NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_shape shape = {0};
	self->index = shape.corner->x;
}
