/* A shift as wide as the number.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 32;
	self->numbers[0] = 1u << self->index;
}
