/* What is left of a negative number.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self, int32_t from)
{
	for (uint32_t i = 0; i < (uint32_t)(from % 8); i++) {
		self->flag = true;
	}
}
