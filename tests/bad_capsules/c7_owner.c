/* The step from interface to object, anywhere.
 *
 * EXPECT: refuse C7 "BINDING_OWNER"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *o = BINDING_OWNER(&self->client, struct bad, client);
	o->index = 1;
}
