/* More than the stack has.
 *
 * EXPECT: refuse S1 "'list' takes 4096 bytes"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t list[1024] = {0};
	self->index = list[self->index % 1024];
}
