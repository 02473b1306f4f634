/* Volatile, but no register.
 *
 * EXPECT: refuse R1 "volatile"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	volatile uint32_t spin = self->seen;
	self->seen = spin;
}
