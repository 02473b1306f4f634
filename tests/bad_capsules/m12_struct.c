/* Half a struct.
 *
 * EXPECT: refuse M12 "'p' has no value"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_point p;
	p.x = 1;
	self->index = p.y;
}
