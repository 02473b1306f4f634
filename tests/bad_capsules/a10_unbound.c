/* An interface that this file does not implement.
 *
 * EXPECT: refuse A10 "'alarm_fired'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	alarm_fired(&self->offered, 0);
}
