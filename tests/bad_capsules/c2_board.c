/* The header that mints capabilities.
 *
 * EXPECT: refuse C2 "kernel/board.h"
 */

#include "bad.h"

#include <kernel/board.h>
static void bad_f(struct bad *self)
{
	self->index = 0;
}
