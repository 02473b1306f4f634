/* Down to a number that was 0 once: the counter passes it and wraps.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t end = 0;

	end = self->index;
	for (uint32_t i = 100; i != end; i--) {
		self->index = i;
	}
}
