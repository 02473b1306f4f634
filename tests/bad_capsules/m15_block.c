/* A block is not data.
 *
 * EXPECT: refuse M15 "cannot be copied"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self, struct bad_registers *other)
{
	*self->registers = *other;
}
