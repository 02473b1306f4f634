/* The ways into the kernel are for arch/.
 *
 * EXPECT: refuse C2 "kernel/entry.h"
 */

#include "bad.h"

#include <kernel/entry.h>
static void bad_f(struct bad *self)
{
	self->index = 0;
}
