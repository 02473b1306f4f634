/* Elements that an initialiser leaves out.
 *
 * EXPECT: refuse M10 "'corner' may become NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_shape shapes[2] = {[1] = {.corner = self->point}};

	self->index = shapes[0].corner->x;
}
