/* A comment that does not look like one.
 *
 * EXPECT: refuse C5 "continued by"
 */

#include "bad.h"

static const uint32_t bad_one = 1; /\
* comment *\
/

static void bad_f(struct bad *self)
{
	self->index = bad_one;
}
