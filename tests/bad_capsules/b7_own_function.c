/* The same, one call down.
 *
 * EXPECT: refuse B7 "view of a buffer"
 */

#include "bad.h"

static void bad_g(struct bad *self, struct read_span bytes)
{
	(void)uart_transmit(self->uart, &self->buffer, 8, false);
	self->index = read_span_get(bytes, 0);
}

static void bad_f(struct bad *self)
{
	bad_g(self, buffer_span(&self->buffer, 8));
}
