/* A second buffer over the same memory.
 *
 * EXPECT: refuse C7 "BUFFER_OVER"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->buffer = BUFFER_OVER(self->numbers);
}
