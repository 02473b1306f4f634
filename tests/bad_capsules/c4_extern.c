/* Names the kernel's state.
 *
 * EXPECT: refuse C4 "'extern'"
 */

#include "bad.h"

extern uint32_t kernel;

static void bad_f(struct bad *self)
{
	self->index = kernel;
}
