/* A register on the stack.
 *
 * EXPECT: refuse M16 "cannot be a local"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	struct bad_sent_register fake = {0};

	bad_sent_write(&fake, 1);
}
