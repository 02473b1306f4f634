/* No table at all.
 *
 * EXPECT: refuse A9 "table of functions ''"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	alarm_client_bind(&self->client, NULL);
}
