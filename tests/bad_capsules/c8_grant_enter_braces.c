/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'GRANT_ENTER'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	GRANT_ENTER (bad_grant, app, &self->grant, (struct process_id){0}) {
	}
}
