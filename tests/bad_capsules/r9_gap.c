/* What the data sheet does not name.
 *
 * EXPECT: refuse R9 "'reserved_014'"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	self->registers->reserved_014[0] = 1;
}
