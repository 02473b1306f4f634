/* Makes the type of the other capability that only boards know.
 *
 * EXPECT: refuse A4 "'struct process_inspect_capability'"
 */

#include "bad.h"

struct process_inspect_capability {
	uint32_t x;
};

static void bad_f(struct bad *self)
{
	self->index = sizeof(struct process_inspect_capability);
}
