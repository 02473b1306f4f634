/* One loop alone.
 *
 * EXPECT: refuse T5 "steps, the limit is"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 4000000000; i++) {
		self->index++;
	}
}
