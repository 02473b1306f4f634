/* Writes an address to hardware.
 *
 * EXPECT: refuse C13 "bad_source_write"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	bad_source_write(&self->registers->source, 0x20000000);
}
