/* Ends a process without a capability.
 *
 * EXPECT: refuse M9 "'capability' may be NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	(void)process_terminate(self->process, NULL);
}
