/* Says that its own struct lives for ever.
 *
 * EXPECT: refuse C7 "PINNED"
 */

#include "bad.h"

struct bad_pin {
	uint32_t x;
} PINNED;

static void bad_f(struct bad *self)
{
	struct bad_pin pin = {0};
	self->index = pin.x;
}
