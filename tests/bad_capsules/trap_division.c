/* A division by zero.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->numbers[0] = 7 / self->index;
}
