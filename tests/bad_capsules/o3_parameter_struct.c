/* The same as a parameter, behind which something else is given away.
 *
 * EXPECT: refuse O3 "'pair' is lost"
 */

#include "bad.h"

struct pair {
	struct buffer one;
	uint32_t length;
};

static void bad_f(struct bad *self, struct pair pair)
{
	self->buffer = buffer_take(&self->spare);
	self->index = pair.length;
}
