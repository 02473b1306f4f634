/* A reset of its own making.
 *
 * EXPECT: refuse M16 "cannot be a local variable"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct system_reset reset = {0};

	(void)self;
	system_reset_now(&reset);
}
