/* Which number goes where?
 *
 * EXPECT: refuse M18 "without its own braces"
 */

#include "bad.h"

struct bad_pair {
	struct bad_point from, to;
};

static void bad_f(struct bad *self)
{
	struct bad_pair pair = {1, 2, 3, 4};
	self->index = pair.to.x;
}
