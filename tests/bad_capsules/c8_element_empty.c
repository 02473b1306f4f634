/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'ELEMENT'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = *ELEMENT(self->numbers, );
}
