/* The trap lets one past the end through.
 *
 * EXPECT: refuse M6 "array's element"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_point *p = &self->points[self->index];
	p->x = 1;
}
