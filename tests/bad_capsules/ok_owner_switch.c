/* Every case gives it away.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_g(struct bad *self, struct buffer buffer)
{
	switch (self->index) {
	case 0:
		self->buffer = buffer_take(&buffer);
		break;
	default:
		self->spare = buffer_take(&buffer);
		break;
	}
}
