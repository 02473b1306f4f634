/* Lost by a break.
 *
 * EXPECT: refuse O3 "'mine' is lost"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 4; i++) {
		struct buffer mine = buffer_take(&self->buffer);

		if (self->flag) {
			break;
		}
		self->buffer = buffer_take(&mine);
	}
}
