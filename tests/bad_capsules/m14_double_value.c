/* A number with a point.
 *
 * EXPECT: refuse M14 "type 'double' is not allowed for a value"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 1.5;
}
