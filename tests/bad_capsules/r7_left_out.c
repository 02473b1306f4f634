/* What is left out becomes zero, and there is no such speed.
 *
 * EXPECT: refuse R7 "'speed' takes values of"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	bad_control_write(&self->registers->control, (struct bad_control){.enable = true});
}
