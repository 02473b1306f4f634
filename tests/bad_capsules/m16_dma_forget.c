/* A channel that forgets what it holds.
 *
 * EXPECT: refuse M16 "cannot be a value"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	self->send = (struct bad_send){0};
}
