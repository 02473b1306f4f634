/* The next round leaves too.
 *
 * EXPECT: refuse O3 "'mine' is lost"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 4; i++) {
		struct buffer mine = buffer_take(&self->buffer);

		if (self->flag) {
			continue;
		}
		self->buffer = buffer_take(&mine);
	}
}
