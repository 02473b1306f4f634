/* NULL for an interface.
 *
 * EXPECT: refuse M9 "'self' may be NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	(void)self;
	alarm_disarm(NULL);
}
