/* A number as an address.
 *
 * EXPECT: refuse C13 "incompatible"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_point *p = self->index;
	p->x = 1;
}
