/* Away from its end.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 4; i < 8; i--) {
		self->index = i;
	}
}
