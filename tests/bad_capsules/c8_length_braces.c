/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'ARRAY_LENGTH'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = ARRAY_LENGTH(((uint32_t[]){1, 2}));
}
