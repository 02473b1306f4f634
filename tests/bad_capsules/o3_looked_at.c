/* Looking is not giving away.
 *
 * EXPECT: refuse O3 "'mine' is lost"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine = buffer_take(&self->buffer);

	self->flag = buffer_is_empty(&mine);
}
