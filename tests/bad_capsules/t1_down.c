/* Down from anywhere.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = self->index; i > 0; i--) {
		self->flag = true;
	}
}
