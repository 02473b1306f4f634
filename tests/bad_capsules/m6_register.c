/* The registers behind the block.
 *
 * EXPECT: refuse M6 "array's element"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	bad_pins_write(&self->registers->pins[4], 0);
}
