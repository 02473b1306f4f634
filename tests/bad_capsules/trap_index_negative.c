/* Before the beginning.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	int32_t i = -1;

	self->numbers[i + (int32_t)self->index] = 1;
}
