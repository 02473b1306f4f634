/* A checked element of something that is no array.
 *
 * EXPECT: refuse M5 "index into"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = ELEMENT(self->point, 0)->x;
}
