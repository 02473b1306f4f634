/* A key that begins as zeros.
 *
 * EXPECT: refuse M14 "not allowed for a field"
 */

#include "bad.h"

struct bad_hold {
	struct grant_access access;
};

static void bad_f(struct bad_hold *hold)
{
	(void)upcall_schedule(hold->access, 0, 1, 2, 3);
}
