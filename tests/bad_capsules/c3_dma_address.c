/* The word of the address register.
 *
 * EXPECT: refuse C3 "private_address"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	self->registers->source.private_address = 0x20000000;
}
