/* An array of pointers on the stack.
 *
 * EXPECT: refuse M14 "is not allowed for a local variable"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *friends[2] = {self, self};

	self->index = ARRAY_LENGTH(friends);
}
