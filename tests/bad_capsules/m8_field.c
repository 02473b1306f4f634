/* A field that may be NULL.
 *
 * EXPECT: refuse M8 "may be NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->next->index = 1;
}
