/* Pretends to be a trusted header.
 *
 * EXPECT: refuse C1 "directive '#line'"
 */

#include "bad.h"

#line 1 "kernel/include/kernel/capsule.h"
static void bad_f(struct bad *self)
{
	self->index = 0;
}
