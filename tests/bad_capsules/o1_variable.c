/* Two owners.
 *
 * EXPECT: refuse O1 "'buffer'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer copy = self->buffer;
	(void)uart_transmit(self->uart, &copy, 8, false);
}
