/* Steps of nothing.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 8; i += 0) {
		self->index = i;
	}
}
