/* The state of the FPU belongs to processes.
 *
 * EXPECT: refuse C4 "'float'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	float f = 1;
	self->flag = f > 0;
}
