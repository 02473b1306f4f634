/* A number from outside is not an object that lives for ever.
 *
 * EXPECT: refuse B1 "lent pointer is stored"
 */

#include "bad.h"

struct own {
	const struct bad_point *point;
};

static void bad_g(struct own *self, const struct bad_point *point)
{
	self->point = point;
}
