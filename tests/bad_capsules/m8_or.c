/* Or, where and was meant.
 *
 * EXPECT: refuse M8 "'p' may be NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *p = self->next;
	if (p != NULL || self->flag) {
		p->index = 1;
	}
}
