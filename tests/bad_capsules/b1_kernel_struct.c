/* The same in a struct of the kernel that has a view of its own.
 *
 * EXPECT: refuse B1 "lent view is stored"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct load_result *result)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		struct load_result made = {.name = allowed_read_only(app.access, 0)};

		*result = made;
	}
}
