/* Makes the type that only boards know.
 *
 * EXPECT: refuse A4 "'struct process_control_capability'"
 */

#include "bad.h"

struct process_control_capability {
	uint32_t x;
};

static void bad_f(struct bad *self)
{
	self->index = sizeof(struct process_control_capability);
}
