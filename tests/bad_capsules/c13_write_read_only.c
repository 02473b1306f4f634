/* Writes what can only be read.
 *
 * EXPECT: refuse C13 "bad_status_write"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_chip *self)
{
	bad_status_write(&self->registers->status, (struct bad_flags){.busy = true});
}
