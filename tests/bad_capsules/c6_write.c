/* Writes to it.
 *
 * EXPECT: refuse C6 "string literal"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	"abc"[0] = 0;
	self->index = 0;
}
