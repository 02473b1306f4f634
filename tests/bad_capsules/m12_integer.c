/* What was left on the stack.
 *
 * EXPECT: refuse M12 "'x' has no value"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t x;
	if (self->flag) {
		x = 1;
	}
	self->index = x;
}
