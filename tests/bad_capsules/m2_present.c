/* PRESENT of a number.
 *
 * EXPECT: refuse M2 "becomes 'pointer'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = PRESENT(self->index);
}
