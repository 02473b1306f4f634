/* One of two, and which?
 *
 * EXPECT: refuse O1 ""
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->spare = self->flag ? buffer_take(&self->buffer) : buffer_take(&self->spare);
}
