/* The condition of a loop is an expression like others.
 *
 * EXPECT: refuse M8 "'next' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 4 && self->next->flag; i++) {
		self->index = i;
	}
}
