/* The same as a value.
 *
 * EXPECT: refuse A5 "'struct process_id'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->process = (struct process_id){0x101};
}
