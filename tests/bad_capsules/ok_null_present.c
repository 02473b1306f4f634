/* A pointer that traps when it is missing.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	PRESENT(self->next)->index = 1;
	self->index = PRESENT(self->friends[2])->index;
}
