/* A name that linkers read differently.
 *
 * EXPECT: refuse C3 "'bad$'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t bad$ = 1;
	self->index = bad$;
}
