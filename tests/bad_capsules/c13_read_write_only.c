/* Reads what can only be written.
 *
 * EXPECT: refuse C13 "bad_sent_read"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	self->seen = bad_sent_read(&self->registers->sent);
}
