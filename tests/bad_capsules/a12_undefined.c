/* Announces a function and leaves it to somebody else's.
 *
 * EXPECT: refuse A12 "'a12_undefined_run'"
 */

#include "a12_undefined.h"

static void bad_f(struct bad *self)
{
	a12_undefined_run(self);
}
