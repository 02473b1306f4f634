/* Two at once.
 *
 * EXPECT: refuse O3 "'two' is lost"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer two[2] = {buffer_take(&self->buffer), buffer_take(&self->spare)};

	self->index = buffer_size(ELEMENT(two, 0));
}
