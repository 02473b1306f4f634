/* Arguments nobody counts.
 *
 * EXPECT: refuse C12 "'...'"
 */

#include "bad.h"

static void bad_g(uint32_t count, ...)
{
	(void)count;
}

static void bad_f(struct bad *self)
{
	bad_g(self->index, 1, 2);
}
