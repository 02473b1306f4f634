/* In the next field of the same struct.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 4;
	self->points[self->index].x = 1;
}
