/* And out of one.
 *
 * EXPECT: refuse R8 "becomes 'enum bad_speed'"
 * PROFILE: chip
 */

#include "bad_chip.h"

static enum bad_speed bad_f(struct bad_chip *self)
{
	return self->seen;
}
