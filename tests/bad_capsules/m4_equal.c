/* Whether two objects are one.
 *
 * EXPECT: refuse M4 "compared"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->flag = self->next == self->friends[0];
}
