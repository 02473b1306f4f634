/* A function that takes anything.
 *
 * EXPECT: refuse C13 "prototype"
 */

#include "bad.h"

static uint32_t bad_g();

static void bad_f(struct bad *self)
{
	self->index = bad_g();
}

static uint32_t bad_g()
{
	return 1;
}
