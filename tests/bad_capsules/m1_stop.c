/* Makes a capability of what it has, to stop a process.
 *
 * EXPECT: refuse M1 "cast from"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	(void)process_stop(self->process, (const struct process_control_capability *)&self->driver);
}
