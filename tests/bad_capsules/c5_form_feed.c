/* A blank that is none.
 *
 * EXPECT: refuse C5 "character 0x0c"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 1;
}
