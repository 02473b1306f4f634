/* Callers see the other declaration.
 *
 * EXPECT: refuse B6 "other words elsewhere"
 */

#include "bad.h"

static void bad_g(struct bad *self, const struct bad_point *point);
static void bad_g(struct bad *self, const struct bad_point *point KEEP)
{
	self->point = point;
}

static void bad_f(struct bad *self)
{
	bad_g(self, self->point);
}
