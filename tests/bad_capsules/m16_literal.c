/* An object anew, interfaces and all.
 *
 * EXPECT: refuse M16 "cannot be a value"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	*self = (struct bad){.index = 3};
}
