/* In an else.
 *
 * EXPECT: refuse M8 "'next' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	if (self->flag) {
		self->index = 1;
	} else {
		self->next->index = 1;
	}
}
