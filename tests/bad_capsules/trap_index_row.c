/* In the next row of the same array.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 4;
	self->grid[0][self->index] = 1;
}
