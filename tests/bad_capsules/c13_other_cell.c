/* Another register's function.
 *
 * EXPECT: refuse C13 "bad_control_register"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	bad_mask_write(&self->registers->control, (struct bad_flags){.busy = true});
}
