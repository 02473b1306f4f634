/* 255 is the last that 8 bits reach.
 *
 * EXPECT: refuse T4 "'i' cannot reach 256"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint8_t i = 0; i < 256; i++) {
		self->flag = true;
	}
}
