/* An interface at another place leads to another object.
 *
 * EXPECT: refuse M15 "cannot be copied"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->client = self->other_client;
}
