/* Lost when it is small.
 *
 * EXPECT: refuse O3 "'mine' is lost"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine = buffer_take(&self->buffer);

	if (buffer_size(&mine) > 4) {
		self->buffer = buffer_take(&mine);
	}
}
