/* The same by way of a parameter.
 *
 * EXPECT: refuse M10 "'point' may become NULL"
 */

#include "bad.h"

static void bad_g(struct bad *self, const struct bad_point *point KEEP NULLABLE)
{
	self->point = point;
}

static void bad_f(struct bad *self)
{
	bad_g(self, NULL);
}
