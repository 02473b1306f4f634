/* A function that was never declared.
 *
 * EXPECT: refuse C13 "undeclared"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	memset(self, 0, sizeof(*self));
}
