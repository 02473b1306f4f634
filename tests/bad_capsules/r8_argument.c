/* On the way into a function.
 *
 * EXPECT: refuse R8 "becomes 'enum bad_speed'"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_g(struct bad_chip *self, enum bad_speed speed)
{
	self->speed = speed;
}

static void bad_f(struct bad_chip *self)
{
	bad_g(self, 3);
}
