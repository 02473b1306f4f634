/* The one function of a grant that capsules call.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	bad_grant_init(&self->grant);
}
