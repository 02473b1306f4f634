/* A limit that does not stay.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t limit = 4;
	limit = self->index;
	for (uint32_t i = 0; i < limit; i++) {
		self->flag = true;
	}
}
