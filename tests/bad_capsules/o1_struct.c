/* A struct with a buffer in it.
 *
 * EXPECT: refuse O1 ""
 */

#include "bad.h"

struct bad_line {
	struct buffer buffer;
	uint32_t length;
};

static void bad_f(struct bad *self, struct bad_line *line)
{
	struct bad_line copy = *line;
	buffer_drop(&copy.buffer);
	self->index = copy.length;
}
