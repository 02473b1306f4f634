/* A statement of a kind that no rule is for.
 *
 * EXPECT: refuse C12 "AsmStmt is not part"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	asm volatile("");
	self->index = 1;
}
