/* The union that the macros use.
 *
 * EXPECT: refuse C3 "bad_control_private_view"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	union bad_control_private_view view = {.private_word = 3};

	self->seen = view.private_word;
}
