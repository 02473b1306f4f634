/* A way to another instance.
 *
 * EXPECT: refuse A1 "'bad_last'"
 */

#include "bad.h"

static struct bad *bad_last;

static void bad_f(struct bad *self)
{
	bad_last = self;
}
