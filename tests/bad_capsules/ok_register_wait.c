/* Waits for hardware, but not for ever.
 *
 * EXPECT: accept
 * PROFILE: chip
 */

#include "bad_chip.h"

static bool bad_f(struct bad_chip *self)
{
	for (uint32_t left = 10000000; left > 0; left--) {
		if (!bad_status_read(&self->registers->status).busy) {
			return true;
		}
	}
	return false;
}
