/* A static object as a result.
 *
 * EXPECT: refuse M16 "cannot be a result"
 */

#include "bad.h"

static struct deferred_call bad_f(struct bad *self)
{
	return self->deferred;
}
