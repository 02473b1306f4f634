/* A register of its own making that says it is done.
 *
 * EXPECT: refuse C13 "bad_idle_private_view"
 * PROFILE: chip
 */

#include "bad_dma.h"

struct bad_idle_register {
	bool unused;
};

static struct bad_status bad_idle_read(const struct bad_idle_register *self)
{
	return (struct bad_status){.busy = self->unused};
}

DMA_CHANNEL(bad, again, source, count, control, start, idle, busy);
