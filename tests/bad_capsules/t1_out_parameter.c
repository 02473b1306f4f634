/* A limit that somebody else sets.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_g(uint32_t *limit)
{
	*limit = 1000000000;
}

static void bad_f(struct bad *self)
{
	uint32_t limit = 4;
	bad_g(&limit);
	for (uint32_t i = 0; i < limit; i++) {
		self->flag = true;
	}
}
