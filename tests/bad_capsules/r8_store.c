/* A number becomes a speed.
 *
 * EXPECT: refuse R8 "becomes 'enum bad_speed'"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	self->speed = self->seen;
}
