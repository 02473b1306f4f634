/* A loop that may have assigned.
 *
 * EXPECT: refuse M8 "'other' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other)
{
	for (uint32_t i = 0; i < 4; i++) {
		other->index = i;
		other = PRESENT(self->next);
		if (self->flag) {
			other = self->next;
			break;
		}
	}
	other->index = 1;
}
