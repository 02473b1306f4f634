/* Types stand for themselves.
 *
 * EXPECT: refuse C12 "inside of something"
 */

#include "bad.h"

struct bad_outer {
	struct bad_inner {
		uint32_t x;
	} inner;
};

static void bad_f(struct bad *self)
{
	self->index = 0;
}
