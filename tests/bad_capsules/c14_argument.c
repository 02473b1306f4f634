/* An assignment in an argument.
 *
 * EXPECT: refuse C14 "assignment inside"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	alarm_set(self->alarm, self->index = 3, 1);
}
