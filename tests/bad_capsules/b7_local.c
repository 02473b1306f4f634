/* Reads a buffer that the hardware has.
 *
 * EXPECT: refuse B7 "view of a buffer"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct read_span bytes = buffer_span(&self->buffer, 8);
	(void)uart_transmit(self->uart, &self->buffer, 8, false);
	self->index = read_span_get(bytes, 0);
}
