/* Begins with what it is.
 *
 * EXPECT: refuse M12 "'x' has no value"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t x = self->flag ? 1 : x;

	self->index = x;
}
