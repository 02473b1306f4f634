/* A macro of its own could rewrite what the headers mean.
 *
 * EXPECT: refuse C1 "directive '#define'"
 */

#include "bad.h"

#define LIMIT 4
static void bad_f(struct bad *self)
{
	self->index = LIMIT;
}
