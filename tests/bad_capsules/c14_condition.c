/* What is known about p changes on the way.
 *
 * EXPECT: refuse C14 "assignment inside"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *p = self->next;
	if ((p = self->next) != NULL) {
		p->index = 1;
	}
}
