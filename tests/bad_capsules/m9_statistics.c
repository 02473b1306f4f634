/* Looks at the whole system without a capability.
 *
 * EXPECT: refuse M9 "'capability' may be NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct kernel_statistics statistics = {0};

	kernel_statistics_read(NULL, &statistics);
	self->index = statistics.sleeps;
}
