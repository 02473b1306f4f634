/* Nor is a constant.
 *
 * EXPECT: refuse R7 "'color' takes"
 * PROFILE: chip
 */

#include "bad_chip.h"

static const struct bad_control FAST = {.speed = BAD_SPEED_FAST, .color = BAD_SPEED_SLOW};

static void bad_f(struct bad_chip *self)
{
	bad_control_write(&self->registers->control, FAST);
}
