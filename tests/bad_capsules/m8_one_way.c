/* Tested on one way only.
 *
 * EXPECT: refuse M8 "'p' may be NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *p = self->next;
	if (p != NULL) {
		p->index = 1;
	}
	p->index = 2;
}
