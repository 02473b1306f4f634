/* Divided by what may be negative, or less than 1.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self, int8_t by)
{
	for (uint32_t i = 0; i < (uint32_t)(self->small / by); i++) {
		self->flag = true;
	}
}
