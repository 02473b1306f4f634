/* One past the end.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 8;
	self->numbers[self->index] = 1;
}
