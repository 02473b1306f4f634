/* Has the right to look, and uses it to boot.
 *
 * EXPECT: refuse C13 "incompatible"
 */

#include "bad.h"

static void bad_f(struct bad *self, const struct process_inspect_capability *inspect)
{
	(void)process_boot(self->process, inspect);
}
