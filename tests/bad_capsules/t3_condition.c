/* Changed where it is asked.
 *
 * EXPECT: refuse T3 "'i' is changed"
 */

#include "bad.h"

static bool bad_take(uint32_t *i)
{
	*i = 0;
	return true;
}

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 4 && bad_take(&i); i++) {
		self->flag = true;
	}
}
