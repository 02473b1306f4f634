/* Puts a buffer back where it came from.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_transmitted(struct bad *self, struct buffer buffer, uint32_t length,
			    enum error_code status)
{
	self->buffer = buffer_take(&buffer);
	self->index = length;
	self->flag = status == ERROR_NONE;
}
