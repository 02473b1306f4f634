/* A block in an expression.
 *
 * EXPECT: refuse C12 "statement as an expression"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = ({
		uint32_t x = 3;
		x;
	});
}
