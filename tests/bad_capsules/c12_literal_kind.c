/* The same: of a kind that no rule is for.
 *
 * EXPECT: refuse C12 "FloatingLiteral is not part"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 1.5;
}
