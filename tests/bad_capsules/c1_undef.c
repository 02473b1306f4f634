/* Takes a macro of the headers away.
 *
 * EXPECT: refuse C1 "directive '#undef'"
 */

#include "bad.h"

#undef NULL
static void bad_f(struct bad *self)
{
	self->index = 0;
}
