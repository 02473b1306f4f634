/* The largest object there may be.
 *
 * EXPECT: accept
 */

#include "bad.h"

struct large {
	uint8_t bytes[0x10000];
};

static void bad_f(struct large *self)
{
	self->bytes[0xffff] = 1;
}
