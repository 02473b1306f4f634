/* A cast makes no difference.
 *
 * EXPECT: refuse R8 "becomes 'enum bad_speed'"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	self->speed = (enum bad_speed)self->seen;
}
