/* A result that callers do not test.
 *
 * EXPECT: refuse M11 "'bad_g' may return NULL"
 */

#include "bad.h"

static struct bad *bad_g(struct bad *self)
{
	return self->next;
}

static void bad_f(struct bad *self)
{
	bad_g(self)->index = 1;
}
