/* A local struct with a buffer, given away.
 *
 * EXPECT: accept
 */

#include "bad.h"

struct bad_line {
	struct buffer buffer;
	uint32_t length;
};

static void bad_f(struct bad *self)
{
	struct bad_line line = {.buffer = buffer_take(&self->buffer)};

	line.length = buffer_size(&line.buffer);
	if (uart_transmit(self->uart, &line.buffer, line.length, false) != ERROR_NONE) {
		self->buffer = buffer_take(&line.buffer);
	}
}
