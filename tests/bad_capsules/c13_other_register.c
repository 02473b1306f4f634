/* A value of another register.
 *
 * EXPECT: refuse C13 "bad_flags"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	bad_control_write(&self->registers->control, (struct bad_flags){.busy = true});
}
