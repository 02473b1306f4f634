/* A character spelled in three.
 *
 * EXPECT: refuse C5 "trigraph"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 1; // really ??/
	self->index = 2;
}
