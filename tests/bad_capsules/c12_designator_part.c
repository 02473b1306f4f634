/* A part of a field is named, and the pointer beside it stays NULL.
 *
 * EXPECT: refuse C12 "this form of initialiser"
 */

#include "bad.h"

struct pair {
	struct bad_shape shape;
	const struct bad_point *corner;
};

struct pairs {
	struct pair first;
};

static void bad_f(struct bad *self, struct bad_shape *shape)
{
	struct pairs pairs = {.first.shape = *shape};

	self->index = pairs.first.corner->x;
}
