/* An array of what was left.
 *
 * EXPECT: refuse M12 "'list' has no value"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t list[4];
	self->index = list[self->index % 4];
}
