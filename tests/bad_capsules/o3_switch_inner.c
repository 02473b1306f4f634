/* A break of a loop in a switch is not the switch's.
 *
 * EXPECT: refuse O3 "'mine' is lost"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine = buffer_take(&self->buffer);

	for (uint32_t i = 0; i < 4; i++) {
		switch (self->index) {
		case 0:
			self->index = 1;
			break;
		default:
			break;
		}
		if (self->flag) {
			break;
		}
	}
	if (self->flag) {
		self->buffer = buffer_take(&mine);
	}
}
