/* Lost at the end of a block inside.
 *
 * EXPECT: refuse O3 "'mine' is lost"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	if (self->flag) {
		struct buffer mine = buffer_take(&self->buffer);

		self->index = buffer_size(&mine);
	}
}
