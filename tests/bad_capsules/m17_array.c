/* The place where an array lies.
 *
 * EXPECT: refuse M17 "an array"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->flag = &self->numbers != NULL;
}
