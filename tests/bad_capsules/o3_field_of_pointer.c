/* A part of what a pointer leads to is not the variable.
 *
 * EXPECT: refuse O3 "'mine' is lost"
 */

#include "bad.h"

struct pair {
	struct buffer one;
};

static void bad_f(struct bad *self, struct pair *pair)
{
	struct buffer mine = buffer_take(&self->buffer);

	self->buffer = buffer_take(&pair->one);
}
