/* The condition is about another number.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; self->index < 4; i++) {
		self->flag = true;
	}
}
