/* A mistake of the caller.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	require(self->flag);
}
