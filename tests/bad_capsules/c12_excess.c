/* More values than fields.
 *
 * EXPECT: refuse C12 "this form of initialiser"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_point point = {1, 2, 3};

	self->index = point.x;
}
