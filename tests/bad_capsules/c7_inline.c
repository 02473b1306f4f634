/* A macro with an attribute in it.
 *
 * EXPECT: refuse C7 "BINDING_INLINE"
 */

#include "bad.h"

BINDING_INLINE void bad_g(struct bad *self)
{
	self->index = 0;
}

static void bad_f(struct bad *self)
{
	bad_g(self);
}
