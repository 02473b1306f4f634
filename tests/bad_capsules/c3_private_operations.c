/* Calls past the dispatcher.
 *
 * EXPECT: refuse C3 "'private_operations'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->alarm->private_operations->disarm(self->alarm);
}
