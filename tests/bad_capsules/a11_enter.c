/* Opens a grant and never closes it.
 *
 * EXPECT: refuse A11 "'bad_grant_enter'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_grant_entry app = bad_grant_enter(&self->grant, self->process);

	self->flag = app.state != NULL;
}
