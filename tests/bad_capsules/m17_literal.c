/* Something that is gone with the statement.
 *
 * EXPECT: refuse M17 "has no name"
 */

#include "bad.h"

static void bad_g(const struct bad_point *p)
{
	(void)p;
}

static void bad_f(struct bad *self)
{
	bad_g(&(struct bad_point){1, 2});
	self->index = 0;
}
