/* Tested, used, replaced, tested.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *p = self->friends[0];

	if (!p) {
		return;
	}
	p->index = 1;
	p = p->next;
	if (p) {
		p->index = 2;
	}
}
