/* Ends that can be seen.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 8 && !self->flag; i++) {
		self->numbers[i] = i;
	}
	for (uint32_t i = 8; i > 0; i--) {
		self->numbers[i - 1] = i;
	}
	for (uint32_t i = 0; i < self->small; i++) {
		self->index++;
	}
	for (uint32_t i = 0; i < process_slots(); i += 2) {
		self->index++;
	}
}
