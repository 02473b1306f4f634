/* An index that wrapped.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t n = self->index + 0x80000000u;
	int32_t k = (int32_t)n * 2 - 1;

	self->numbers[k] = 1;
}
