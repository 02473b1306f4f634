/* Waits for days.
 *
 * EXPECT: refuse T5 "steps, the limit is"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	for (uint32_t i = 0; i < 1000000; i++) {
		for (uint32_t j = 0; j < 1000000; j++) {
			self->seen = bad_received_read(&self->registers->received);
		}
	}
}
