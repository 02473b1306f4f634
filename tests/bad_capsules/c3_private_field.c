/* Looks inside a span.
 *
 * EXPECT: refuse C3 "'private_bytes'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = self->words.private_length + (self->words.private_bytes != NULL);
}
