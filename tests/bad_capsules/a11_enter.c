/* Opens a grant and never closes it.
 *
 * EXPECT: refuse A11 "'bad_grant_enter'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	GRANT_ENTER(bad_grant, app, &self->grant, self->process) {
		self->flag = bad_grant_enter(&app, &self->grant, self->process) != NULL;
	}
}
