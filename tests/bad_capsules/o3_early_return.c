/* Lost on one way out.
 *
 * EXPECT: refuse O3 "'buffer' is lost"
 */

#include "bad.h"

static void bad_g(struct bad *self, struct buffer buffer)
{
	if (self->flag) {
		return;
	}
	self->buffer = buffer_take(&buffer);
}
