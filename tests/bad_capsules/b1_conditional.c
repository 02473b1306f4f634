/* Lent in one of two cases.
 *
 * EXPECT: refuse B1 "lent pointer"
 */

#include "bad.h"

static void bad_f(struct bad *self, const struct bad_point *point)
{
	self->point = self->flag ? self->point : point;
}
