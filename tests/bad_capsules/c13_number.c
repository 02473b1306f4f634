/* A number for a struct.
 *
 * EXPECT: refuse C13 "bad_control"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	bad_control_write(&self->registers->control, 0x80000000);
}
