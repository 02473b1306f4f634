/* The same for a part of an element.
 *
 * EXPECT: refuse C12 "this form of initialiser"
 */

#include "bad.h"

struct pair {
	struct bad_shape shape;
	const struct bad_point *corner;
};

static void bad_f(struct bad *self, struct bad_shape *shape)
{
	struct pair pairs[1] = {[0].shape = *shape};

	self->index = pairs[0].corner->x;
}
