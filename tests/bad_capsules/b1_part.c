/* A part of what was lent.
 *
 * EXPECT: refuse B1 "lent pointer"
 */

#include "bad.h"

struct bad_hold {
	uint32_t x;
	struct bad_point point;
};

static void bad_f(struct bad *self, struct bad_hold *hold)
{
	self->point = &hold->point;
}
