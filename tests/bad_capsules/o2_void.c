/* The same on purpose.
 *
 * EXPECT: refuse O2 "dropped by this call"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	(void)buffer_take(&self->buffer);
}
