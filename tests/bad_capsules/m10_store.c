/* Takes a wired pointer away.
 *
 * EXPECT: refuse M10 "'alarm' may become NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->alarm = NULL;
}
