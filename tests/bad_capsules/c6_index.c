/* A string literal is an array that can be written.
 *
 * EXPECT: refuse C6 "string literal"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = "abc"[self->index % 3];
}
