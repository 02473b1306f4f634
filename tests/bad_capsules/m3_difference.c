/* Distances between objects.
 *
 * EXPECT: refuse M3 "arithmetic"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = (uint32_t)(self->point - self->point);
}
