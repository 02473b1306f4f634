/* A promise nobody checks.
 *
 * EXPECT: refuse C4 "'restrict'"
 */

#include "bad.h"

static void bad_g(uint32_t *restrict a)
{
	*a = 1;
}

static void bad_f(struct bad *self)
{
	bad_g(&self->index);
}
