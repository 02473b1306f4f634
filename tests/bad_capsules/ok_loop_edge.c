/* Just within the limits.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint8_t i = 0; i < 255; i++) {
		self->index++;
	}
	for (uint32_t i = 0; i < 1000000; i++) {
		self->flag = !self->flag;
	}
}
