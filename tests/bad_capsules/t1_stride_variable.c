/* A step that may be 0.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 4; i += self->index) {
		self->flag = true;
	}
}
