/* Not even read.
 *
 * EXPECT: refuse R9 "'reserved_014'"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	self->seen = self->registers->reserved_014[2];
}
