/* No case for the rest.
 *
 * EXPECT: refuse O3 "'buffer' is lost"
 */

#include "bad.h"

static void bad_g(struct bad *self, struct buffer buffer)
{
	switch (self->index) {
	case 0:
		self->buffer = buffer_take(&buffer);
		break;
	case 1:
		self->spare = buffer_take(&buffer);
		break;
	}
}
