/* Calls what it was not given.
 *
 * EXPECT: refuse A3 "'kernel_next'"
 */

#include "bad.h"

void kernel_next(struct bad *self);

static void bad_f(struct bad *self)
{
	kernel_next(self);
}
