/* The variable of a block hides what macros use.
 *
 * EXPECT: refuse C11 "'minimum' hides"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	FOR_EACH(struct bad, minimum, self->friends) {
		minimum->index = 3;
	}
}
