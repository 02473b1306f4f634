/* One of two that may be NULL.
 *
 * EXPECT: refuse M8 "may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *other = self->flag ? self : self->next;

	other->index = 1;
}
