/* An array as long as it likes, on the stack.
 *
 * EXPECT: refuse C13 "variable length array"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t list[self->index];
	list[0] = 1;
}
