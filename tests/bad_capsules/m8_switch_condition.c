/* What a switch goes by is an expression like others.
 *
 * EXPECT: refuse M8 "'next' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	switch (self->next->index) {
	case 0:
		self->index = 1;
		break;
	default:
		break;
	}
}
