/* Given away on every path.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine = buffer_take(&self->buffer);

	if (self->flag) {
		self->spare = buffer_take(&mine);
		return;
	}
	self->buffer = buffer_take(&mine);
}
