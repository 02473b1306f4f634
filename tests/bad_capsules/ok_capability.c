/* A capability that the board handed over.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	if (process_settlement(self->process) != FAULT_ACTION_NONE) {
		(void)process_settle(self->process, self->control);
	}
}
