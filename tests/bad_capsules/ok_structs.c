/* Plain structs are values.
 *
 * EXPECT: accept
 */

#include "bad.h"

static struct bad_point bad_add(struct bad_point a, struct bad_point b)
{
	return (struct bad_point){.x = a.x + b.x, .y = a.y + b.y};
}

static void bad_f(struct bad *self)
{
	struct bad_point points[2] = {{1, 2}, {.y = 3}};
	struct bad_shape shape = {self->point, 4};

	self->points[0] = bad_add(points[0], points[1]);
	self->points[1] = *shape.corner;
	self->points[2] = (struct bad_point){0};
}
