/* A view, returned.
 *
 * EXPECT: refuse B2 "lent view"
 */

#include "bad.h"

static struct read_span bad_g(struct read_span words)
{
	return words;
}

static void bad_f(struct bad *self)
{
	self->index = read_span_length(bad_g(self->words));
}
