/* One enum becomes another.
 *
 * EXPECT: refuse R8 "becomes 'enum bad_speed'"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	enum bad_speed speed = BAD_COLOR_BLUE;

	self->speed = speed;
}
