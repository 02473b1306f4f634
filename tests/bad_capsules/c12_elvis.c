/* A dialect of the compilers.
 *
 * EXPECT: refuse C12 "form of expression"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = self->index ?: 3;
}
