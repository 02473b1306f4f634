/* A function that the board calls.
 *
 * EXPECT: accept
 */

#include "ok_prefix.h"

void ok_prefix_init(struct bad *self, uint32_t index)
{
	self->index = index;
	self->process = PROCESS_ID_NONE;
}
