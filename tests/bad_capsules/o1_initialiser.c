/* A field of a new struct has one owner too.
 *
 * EXPECT: refuse O1 "has one owner and is copied"
 */

#include "bad.h"

struct pair {
	struct buffer one;
};

static void bad_f(struct bad *self)
{
	struct pair pair = {.one = self->buffer};

	buffer_drop(&pair.one);
}
