/* Takes over another file's interface.
 *
 * EXPECT: refuse A13 "'struct bad'"
 */

#include "bad.h"

static void bad_fired(struct bad *other)
{
	other->index++;
}

ALARM_CLIENT_IMPLEMENT(bad_other, struct bad, client, .fired = bad_fired);
