/* The place where a pointer lies.
 *
 * EXPECT: refuse M17 "a pointer"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->flag = &self->next != NULL;
}
