/* The word inside.
 *
 * EXPECT: refuse C3 "private_word"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	self->registers->control.private_word = 0;
}
