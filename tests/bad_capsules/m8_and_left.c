/* On the left of &&.
 *
 * EXPECT: refuse M8 "'next' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->flag = self->next->flag && self->flag;
}
