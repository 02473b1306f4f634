/* Says that its own numbers are small.
 *
 * EXPECT: refuse C7 "BOUNDED"
 */

#include "bad.h"

BOUNDED(3) static uint32_t bad_many(void)
{
	return 1000000000;
}

static void bad_f(struct bad *self)
{
	self->index = bad_many();
}
