/* A buffer that may not have been taken.
 *
 * EXPECT: refuse O3 "'buffer' is lost"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self, struct buffer buffer)
{
	if (self->seen == 0) {
		return;
	}
	self->seen = bad_send_start(&self->send, &buffer, 4);
}
