/* The condition is asked once a round, and what it calls works long.
 *
 * EXPECT: refuse T5 "'bad_f' may take 250001500002 steps"
 */

#include "bad.h"

static uint32_t bad_slow(struct bad *self)
{
	for (uint32_t i = 0; i < 500000; i++) {
		self->index = i;
	}
	return 3;
}

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 500000 && i < bad_slow(self); i++) {
		self->flag = true;
	}
}
