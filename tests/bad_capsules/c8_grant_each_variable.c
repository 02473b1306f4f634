/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'GRANT_EACH'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	GRANT_EACH (bad_grant, *app, &self->grant) {
	}
}
