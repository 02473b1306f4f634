/* A buffer taken and forgotten.
 *
 * EXPECT: refuse O2 "dropped by this call"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	buffer_take(&self->buffer);
}
