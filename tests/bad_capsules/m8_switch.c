/* NULL after one of the cases.
 *
 * EXPECT: refuse M8 "'p' may be NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *p = self;
	switch (self->index) {
	case 1:
		p = self->next;
		break;
	default:
		break;
	}
	p->index = 1;
}
