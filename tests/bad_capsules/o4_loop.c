/* Gone at the second round.
 *
 * EXPECT: refuse O4 "still holds"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine = {0};

	for (uint32_t i = 0; i < 4; i++) {
		mine = buffer_take(&self->buffer);
	}
	self->buffer = buffer_take(&mine);
}
