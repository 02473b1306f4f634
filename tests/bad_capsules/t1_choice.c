/* One of two limits is none.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	const uint32_t limit = self->flag ? 10 : self->index;

	for (uint32_t i = 0; i < limit; i++) {
		self->flag = false;
	}
}
