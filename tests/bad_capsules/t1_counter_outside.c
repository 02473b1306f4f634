/* A counter from before.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t i = 0;

	for (i = 0; i < 4; i++) {
		self->flag = true;
	}
}
