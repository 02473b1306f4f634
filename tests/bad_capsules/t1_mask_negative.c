/* A mask with all its high bits.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self, int32_t x)
{
	for (uint32_t i = 0; i < (uint32_t)(x & -8); i++) {
		self->index = i;
	}
}
