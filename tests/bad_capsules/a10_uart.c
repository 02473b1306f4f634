/* Gives a buffer to another port's client.
 *
 * EXPECT: refuse A10 "'uart_transmitted'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uart_transmitted(self->uart, buffer_take(&self->buffer), 0, ERROR_NONE);
}
