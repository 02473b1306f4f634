/* Objects of boards live for ever.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other)
{
	self->next = other;
	self->friends[0] = other;
	self->alarm = &other->offered;
}
