/* Two assignments in one statement.
 *
 * EXPECT: refuse C14 "assignment inside"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = self->numbers[0] = 3;
}
