/* Chooses its own block.
 *
 * EXPECT: refuse M1 "cast from"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	self->registers = (struct bad_registers *)0x40000000;
}
