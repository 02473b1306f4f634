/* The inside of a process.
 *
 * EXPECT: refuse C2 "kernel/process.h"
 */

#include "bad.h"

#include <kernel/process.h>
static void bad_f(struct bad *self)
{
	self->index = 0;
}
