/* An array as an argument.
 *
 * EXPECT: refuse M7 "becomes a pointer"
 */

#include "bad.h"

static void bad_g(uint32_t *p)
{
	*p = 1;
}

static void bad_f(struct bad *self)
{
	bad_g(self->numbers);
}
