/* A struct with a buffer in it, taken by name in braces.
 *
 * EXPECT: refuse O3 "'pair' is lost"
 */

#include "bad.h"

struct pair {
	struct buffer one;
	uint32_t length;
};

static void bad_f(struct bad *self)
{
	struct pair pair = {.one = buffer_take(&self->buffer), .length = 3};

	self->index = pair.length;
}
