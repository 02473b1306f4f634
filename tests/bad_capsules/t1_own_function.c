/* What a function of its own returns is bounded by nothing.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static uint32_t bad_minimum(uint32_t a, uint32_t b)
{
	return a + b;
}

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < bad_minimum(self->index, 3); i++) {
		self->flag = true;
	}
}
