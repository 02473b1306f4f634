/* A register of the processor.
 *
 * EXPECT: refuse C4 "'register'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	register uint32_t sp = 0;
	self->index = sp;
}
