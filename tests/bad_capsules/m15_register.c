/* Nor is a register.
 *
 * EXPECT: refuse M15 "cannot be copied"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	self->registers->pins[0] = self->registers->pins[1];
}
