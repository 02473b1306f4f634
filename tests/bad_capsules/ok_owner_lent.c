/* A place that may be emptied.
 *
 * EXPECT: accept
 */

#include "bad.h"

static enum error_code bad_g(struct bad *self, struct buffer *buffer, uint32_t length)
{
	if (length > buffer_size(buffer)) {
		return ERROR_SIZE;
	}
	self->buffer = buffer_take(buffer);
	return ERROR_NONE;
}

static void bad_f(struct bad *self)
{
	if (bad_g(self, &self->spare, 4) != ERROR_NONE) {
		self->flag = true;
	}
}
