/* What is left of a negative number is negative.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self, uint8_t a, uint8_t b)
{
	for (uint32_t i = 0; i < (uint32_t)((a - b) % 8); i++) {
		self->index = i;
	}
}
