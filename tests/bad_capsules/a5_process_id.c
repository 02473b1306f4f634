/* Makes up a process.
 *
 * EXPECT: refuse A5 "'struct process_id'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct process_id id = {0x101};
	self->process = id;
}
