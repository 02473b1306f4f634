/* One past the end.
 *
 * EXPECT: refuse M6 "array's element"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_point *p = &self->points[4];
	p->x = 1;
}
