/* The same in a struct.
 *
 * EXPECT: refuse S1 "'big' takes"
 */

#include "bad.h"

struct bad_big {
	uint32_t items[1000];
};

static void bad_f(struct bad *self)
{
	struct bad_big big = {0};
	self->index = big.items[self->index % 1000];
}
