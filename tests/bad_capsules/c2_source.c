/* A source is not a header.
 *
 * EXPECT: refuse C2 "capsules/text.c"
 */

#include "bad.h"

#include <capsules/text.c>
static void bad_f(struct bad *self)
{
	self->index = 0;
}
