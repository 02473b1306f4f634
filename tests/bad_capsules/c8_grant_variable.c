/* A declarator instead of a name.
 *
 * EXPECT: refuse C8 "GRANT_ENTER"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	GRANT_ENTER (bad_grant, *app, &self->grant, self->process) {
		self->index = 1;
	}
}
