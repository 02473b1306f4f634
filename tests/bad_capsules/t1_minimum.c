/* Two numbers that nobody bounds.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < minimum(self->index, self->numbers[0]); i++) {
		self->flag = true;
	}
}
