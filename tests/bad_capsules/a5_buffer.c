/* A buffer over address 0.
 *
 * EXPECT: refuse A5 "'struct buffer'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine = {NULL, 100};
	self->buffer = buffer_take(&mine);
}
