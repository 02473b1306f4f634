/* A table of its own.
 *
 * EXPECT: refuse A9 ""
 */

#include "bad.h"

static const struct alarm_client_operations bad_table = {0};

static void bad_f(struct bad *self)
{
	alarm_client_bind(&self->client, &bad_table);
}
