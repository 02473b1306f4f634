/* Conditional text.
 *
 * EXPECT: refuse C1 "directive '#if'"
 */

#include "bad.h"

#if 1
static void bad_f(struct bad *self)
{
	self->index = 0;
}
#endif
