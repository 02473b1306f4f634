/* Owned things are not made by name.
 *
 * EXPECT: refuse O1 "has one owner and is copied"
 */

#include "bad.h"

struct pair {
	struct buffer one;
};

static void bad_f(struct bad *self)
{
	struct pair pair = (struct pair){.one = buffer_take(&self->buffer)};

	buffer_drop(&pair.one);
}
