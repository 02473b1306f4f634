/* Counts something else.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t j = 0;
	for (uint32_t i = 0; i < 8; j++) {
		self->index = i;
	}
}
