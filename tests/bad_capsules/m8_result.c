/* A result that may be NULL.
 *
 * EXPECT: refuse M8 "'bad_next' may be NULL here"
 */

#include "bad.h"

static NULLABLE struct bad *bad_next(struct bad *self)
{
	return self->next;
}

static void bad_f(struct bad *self)
{
	bad_next(self)->index = 1;
}
