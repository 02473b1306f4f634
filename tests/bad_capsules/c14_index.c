/* A step inside an index.
 *
 * EXPECT: refuse C14 "assignment inside"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->numbers[self->index++] = 1;
}
