/* A loop that may not run gives nothing away for sure.
 *
 * EXPECT: refuse O3 "'mine' is lost"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine = buffer_take(&self->buffer);

	for (uint32_t i = 0; i < self->small; i++) {
		self->buffer = buffer_take(&mine);
	}
}
