/* Any other directive.
 *
 * EXPECT: refuse C1 "directive '#warning'"
 */

#include "bad.h"

#warning "x"
static void bad_f(struct bad *self)
{
	self->index = 0;
}
