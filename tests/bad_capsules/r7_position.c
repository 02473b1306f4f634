/* By position is no way around.
 *
 * EXPECT: refuse R7 "'speed' takes"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	bad_control_write(&self->registers->control, (struct bad_control){true, 3});
}
