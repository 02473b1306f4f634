/* A view from a function of the kernel.
 *
 * EXPECT: refuse B2 "lent view is returned"
 */

#include "bad.h"

static struct read_span bad_f(struct grant_access access)
{
	return allowed_read_only(access, 0);
}
