/* In an initialiser.
 *
 * EXPECT: refuse M8 "'next' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_point point = {.x = self->next->index, .y = 1};

	self->index = point.x;
}
