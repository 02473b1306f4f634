/* The same with numbers.
 *
 * EXPECT: refuse M6 "array's element"
 */

#include "bad.h"

static void bad_g(uint32_t *p)
{
	*p = 1;
}

static void bad_f(struct bad *self)
{
	bad_g(&self->numbers[8]);
}
