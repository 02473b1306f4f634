/* A number seen as a pointer.
 *
 * EXPECT: refuse M13 "union"
 */

#include "bad.h"

union bad_view {
	uint32_t number;
	struct bad_point *pointer;
};

static void bad_f(struct bad *self)
{
	self->index = 0;
}
