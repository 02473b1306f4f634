/* Takes the const away.
 *
 * EXPECT: refuse M1 "cast from"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_point *p = (struct bad_point *)self->point;
	p->x = 1;
}
