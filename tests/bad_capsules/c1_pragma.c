/* Changes how the compiler works.
 *
 * EXPECT: refuse C1 "directive '#pragma'"
 */

#include "bad.h"

#pragma GCC optimize("no-trapv")
static void bad_f(struct bad *self)
{
	self->index = 0;
}
