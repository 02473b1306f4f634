/* An index into what is one struct.
 *
 * EXPECT: refuse M5 "index into"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = self->point[1].x;
}
