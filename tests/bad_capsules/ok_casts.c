/* Numbers become numbers.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint8_t low = (uint8_t)self->index;
	enum error_code code = (enum error_code)low;
	int32_t below = -(int32_t)low;

	self->flag = code == ERROR_FAIL || below < 0;
	self->index = ~(uint32_t)low << 4 | (uint64_t)self->index >> 3;
}
