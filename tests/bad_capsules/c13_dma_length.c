/* Writes a length to hardware.
 *
 * EXPECT: refuse C13 "bad_count_write"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	bad_count_write(&self->registers->count, 0xFFFF);
}
