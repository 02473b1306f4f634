/* A number with a point.
 *
 * EXPECT: refuse M1 "cast from 'double'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = (uint32_t)1.5;
}
