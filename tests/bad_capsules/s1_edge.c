/* One byte too many.
 *
 * EXPECT: refuse S1 "'line' takes 1025 bytes"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint8_t line[1025] = {0};

	self->index = line[0];
}
