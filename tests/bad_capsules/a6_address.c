/* The same with &.
 *
 * EXPECT: refuse A6 "function 'bad_g'"
 */

#include "bad.h"

static void bad_g(void)
{
}

static void bad_f(struct bad *self)
{
	self->flag = &bad_g != NULL;
}
