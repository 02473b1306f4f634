/* Memory that no board made a buffer.
 *
 * EXPECT: refuse C7 "BUFFER_OVER"
 * PROFILE: chip
 */

#include "bad_dma.h"

static void bad_f(struct bad *self)
{
	self->spare = BUFFER_OVER(self->registers->source);
}
