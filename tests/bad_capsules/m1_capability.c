/* Makes a capability.
 *
 * EXPECT: refuse M1 "cast from"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	(void)process_settle(self->process, (const struct process_control_capability *)self);
}
