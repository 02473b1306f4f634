/* A loop without a head.
 *
 * EXPECT: refuse T2 "'goto'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
again:
	self->index++;
	if (self->flag) {
		goto again;
	}
}
