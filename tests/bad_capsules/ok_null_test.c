/* A pointer tested in a variable.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *p = self->next;

	if (p != NULL && p->flag) {
		p->index = 1;
	}
	if (p == NULL || p->small == 0) {
		return;
	}
	p->index = 2;
}
