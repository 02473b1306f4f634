/* The step is another number's.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 4; self->index++) {
		self->flag = true;
	}
}
