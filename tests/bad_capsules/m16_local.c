/* An interface on the stack.
 *
 * EXPECT: refuse M16 "cannot be a local variable"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct alarm_client client = {0};
	alarm_set_client(self->alarm, &client);
}
