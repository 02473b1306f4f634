/* Ends the slice of a process.
 *
 * EXPECT: refuse A10 "'kernel_slice_expired'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	(void)self;
	kernel_slice_expired();
}
