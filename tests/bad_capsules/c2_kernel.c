/* A private header of the kernel.
 *
 * EXPECT: refuse C2 "kernel/kernel.h"
 */

#include "bad.h"

#include <kernel/kernel.h>
static void bad_f(struct bad *self)
{
	self->index = 0;
}
