/* In an initialiser of an array.
 *
 * EXPECT: refuse M8 "'next' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t numbers[2] = {1, self->next->index};

	self->index = numbers[1];
}
