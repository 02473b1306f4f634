/* One past the end, by address.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 4;
	ELEMENT(self->points, self->index)->x = 1;
}
