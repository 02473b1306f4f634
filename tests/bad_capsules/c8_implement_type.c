/* An object that is no struct.
 *
 * EXPECT: refuse C8 "ALARM_CLIENT_IMPLEMENT"
 */

#include "bad.h"

static void bad_fired(uint32_t *self)
{
	(*self)++;
}

ALARM_CLIENT_IMPLEMENT(bad, uint32_t, client, .fired = bad_fired);
