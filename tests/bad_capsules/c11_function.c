/* A macro that calls minimum() would get this.
 *
 * EXPECT: refuse C11 "'minimum'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t minimum = 3;
	self->index = minimum;
}
