/* A row that is not there.
 *
 * EXPECT: refuse M7 "becomes a pointer"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = *self->grid[4];
}
