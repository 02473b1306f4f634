/* The index first.
 *
 * EXPECT: refuse M5 "index into"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 3 [self->numbers];
}
