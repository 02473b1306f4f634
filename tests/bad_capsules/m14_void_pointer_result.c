/* A pointer to anything as a result.
 *
 * EXPECT: refuse M14 "type 'void *' is not allowed for a result"
 */

#include "bad.h"

static void *bad_f(struct bad *self)
{
	return self;
}
