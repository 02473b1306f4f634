/* 250 is followed by 4.
 *
 * EXPECT: refuse T4 "'i' cannot reach 254"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint8_t i = 0; i < minimum(self->index, 254); i += 10) {
		self->flag = true;
	}
}
