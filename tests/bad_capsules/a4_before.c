/* Makes the type before the header names it.
 *
 * EXPECT: refuse A4 "'struct process_inspect_capability'"
 */

#include <stdint.h>

struct process_inspect_capability {
	uint32_t x;
};

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct process_inspect_capability mine = {0};
	struct process_description text = {0};
	self->flag = process_describe(0, &mine, &text);
}
