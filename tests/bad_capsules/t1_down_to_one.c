/* On the way down from 0 the first step is to the largest number.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i != 1; i--) {
		self->flag = true;
	}
}
