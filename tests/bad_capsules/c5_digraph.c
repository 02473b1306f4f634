/* Brackets in disguise.
 *
 * EXPECT: refuse C5 "digraph"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->numbers<:0:> = 1;
}
