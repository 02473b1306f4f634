/* Text that is shown in another order than it is read.
 *
 * EXPECT: refuse C5 "character 0xe2"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 1; /* ‮ ;0 = xedni>-fles */
}
