/* Given away on one of two ways out of a loop.
 *
 * EXPECT: refuse O3 "'mine' is lost"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine = buffer_take(&self->buffer);

	for (uint32_t i = 0; i < 4; i++) {
		if (self->flag) {
			break;
		}
		self->buffer = buffer_take(&mine);
	}
}
