/* As large as a local variable may be.
 *
 * EXPECT: accept
 */

#include "bad.h"

struct line {
	uint8_t bytes[1024];
};

static void bad_f(struct bad *self)
{
	uint8_t line[1024] = {0};
	struct line other = {{0}};

	self->index = line[1023];
	self->small = other.bytes[self->index];
}
