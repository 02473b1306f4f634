/* The same in a struct.
 *
 * EXPECT: refuse S1 "'line' takes 1025 bytes"
 */

#include "bad.h"

struct line {
	uint8_t bytes[1025];
};

static void bad_f(struct bad *self)
{
	struct line line = {0};

	self->index = line.bytes[0];
}
