/* For ever.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (;;) {
		self->index++;
	}
}
