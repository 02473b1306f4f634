/* Two expressions in one.
 *
 * EXPECT: refuse C12 "operator"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = (self->flag, 3);
}
