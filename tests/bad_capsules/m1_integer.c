/* An address becomes a number.
 *
 * EXPECT: refuse M1 "cast from"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = (uint32_t)self;
}
