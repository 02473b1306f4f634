/* One byte more.
 *
 * EXPECT: refuse M14 "larger than 64 KiB"
 */

#include "bad.h"

struct large {
	uint8_t bytes[0x10001];
};

static void bad_f(struct large *self)
{
	self->bytes[0xffff] = 1;
}
