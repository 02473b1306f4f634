/* Taken, and taken again.
 *
 * EXPECT: refuse O4 "'mine' still holds"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine = {0};

	mine = buffer_take(&self->buffer);
	mine = buffer_take(&self->spare);
	buffer_drop(&mine);
}
