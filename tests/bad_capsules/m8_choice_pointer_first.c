/* The other of two.
 *
 * EXPECT: refuse M8 "may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *other = self->flag ? self->next : self;

	other->index = 1;
}
