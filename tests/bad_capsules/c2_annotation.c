/* The words themselves are for trusted headers.
 *
 * EXPECT: refuse C2 "kernel/annotation.h"
 */

#include <kernel/annotation.h>

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 1;
}
