/* An open grant that begins as zeros.
 *
 * EXPECT: refuse M14 "not allowed for a field"
 */

#include "bad.h"

struct bad_hold {
	struct bad_grant_entry app;
};

static void bad_f(struct bad_hold *hold)
{
	hold->app.state->x = 1;
}
