/* Somebody else's deferred call.
 *
 * EXPECT: refuse A10 "'deferred_call_set'"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct deferred_call *call)
{
	deferred_call_set(call);
	self->index = 0;
}
