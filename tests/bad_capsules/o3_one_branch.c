/* Given away on one of two ways.
 *
 * EXPECT: refuse O3 "'mine' is lost"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine = buffer_take(&self->buffer);

	if (self->flag) {
		self->buffer = buffer_take(&mine);
	} else {
		self->index = 1;
	}
}
