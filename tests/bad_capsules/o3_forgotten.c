/* Never transmits again.
 *
 * EXPECT: refuse O3 "'buffer' is lost"
 */

#include "bad.h"

static void bad_transmitted(struct bad *self, struct buffer buffer, uint32_t length,
			    enum error_code status)
{
	(void)buffer;
	self->index = length;
	self->flag = status == ERROR_NONE;
}
