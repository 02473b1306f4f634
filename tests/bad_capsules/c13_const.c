/* Writes to a constant.
 *
 * EXPECT: refuse C13 "discards qualifiers"
 */

#include "bad.h"

static void bad_g(struct bad_point *p)
{
	p->x = 1;
}

static void bad_f(struct bad *self)
{
	bad_g(self->point);
}
