/* An element is left out.
 *
 * EXPECT: refuse M10 "'corner' may become NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_shape shapes[2] = {{self->point, 3}};
	self->index = shapes[1].corner->x;
}
