/* Keeps a view of what it hands to hardware.
 *
 * EXPECT: refuse B7 "view of a buffer"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	struct read_span bytes = buffer_span(&self->spare, 4);

	if (bad_send_start(&self->send, &self->spare, 4) == ERROR_NONE) {
		self->seen = read_span_get(bytes, 0);
	}
}
