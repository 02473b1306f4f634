/* As often as it is told.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		self->index++;
	}
}
