/* A whole object.
 *
 * EXPECT: refuse M15 "cannot be copied"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other)
{
	*self = *other;
}
