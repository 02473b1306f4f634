/* A checked element.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_point *p = ELEMENT(self->points, self->index);

	p->x = 1;
}
