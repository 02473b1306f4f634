/* Changes whom another object tells.
 *
 * EXPECT: refuse C3 "'private_client'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->alarm->private_client = &self->client;
}
