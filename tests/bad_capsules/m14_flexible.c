/* An array without a length.
 *
 * EXPECT: refuse M14 "not allowed for a field"
 */

#include "bad.h"

struct bad_tail {
	uint32_t count;
	uint32_t items[];
};

static void bad_f(struct bad *self)
{
	self->index = 0;
}
