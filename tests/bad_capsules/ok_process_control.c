/* Stops, ends and boots with the token that the board handed over, and resets with the object.
 *
 * EXPECT: accept
 */

#include "bad.h"

struct bad_keeper {
	const struct process_control_capability *control;
	struct system_reset *reset;
};

static void bad_f(struct bad_keeper *self, struct process_id id)
{
	if (process_stop(id, self->control) == ERROR_NONE) {
		(void)process_terminate(id, self->control);
		(void)process_boot(id, self->control);
		return;
	}
	system_reset_now(self->reset);
}
