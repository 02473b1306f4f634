/* What lives for ever may be kept.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_g(struct bad *self, const struct bad_point *point KEEP)
{
	self->point = point;
}

static const struct bad_point bad_origin = {0, 0};

static void bad_f(struct bad *self)
{
	bad_g(self, &bad_origin);
	bad_g(self, ELEMENT(self->points, 1));
	bad_g(self, self->point);
}
