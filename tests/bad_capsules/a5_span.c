/* A view of all memory.
 *
 * EXPECT: refuse A5 "'struct read_span'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct read_span all = {NULL, 0xffffffff};
	self->index = read_span_get(all, 0);
}
