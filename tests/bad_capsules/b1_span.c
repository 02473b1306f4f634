/* A view of somebody's memory, kept.
 *
 * EXPECT: refuse B1 "lent view"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct read_span words)
{
	self->words = words;
}
