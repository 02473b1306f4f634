/* An attribute in the new spelling.
 *
 * EXPECT: refuse C9 "'gnu'"
 */

#include "bad.h"

[[gnu::used]] static const uint32_t bad_used = 1;

static void bad_f(struct bad *self)
{
	self->index = bad_used;
}
