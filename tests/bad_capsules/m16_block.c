/* A block on the stack.
 *
 * EXPECT: refuse M16 "cannot be a local"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	struct bad_registers fake = {0};

	self->registers = &fake;
}
