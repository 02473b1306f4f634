/* NULL in one of two cases.
 *
 * EXPECT: refuse M9 "may be NULL"
 */

#include "bad.h"

static void bad_g(struct bad *p)
{
	p->index = 1;
}

static void bad_f(struct bad *self)
{
	bad_g(self->flag ? self : self->next);
}
