/* Lets somebody else do it.
 *
 * EXPECT: refuse T3 "'i' is changed"
 */

#include "bad.h"

static void bad_g(uint32_t *i)
{
	*i = 0;
}

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 4; i++) {
		bad_g(&i);
		self->index++;
	}
}
