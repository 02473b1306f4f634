/* A number seen as a register.
 *
 * EXPECT: refuse R1 "volatile"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	self->seen = (volatile uint32_t)self->seen;
}
