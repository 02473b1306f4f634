/* Gives a buffer up, and says so.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_g(struct bad *self, struct buffer buffer)
{
	self->flag = buffer_is_empty(&buffer);
	buffer_drop(&buffer);
}
