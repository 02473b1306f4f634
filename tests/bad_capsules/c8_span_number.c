/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'SPAN_OF_TEXT'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->words = SPAN_OF_TEXT(3);
}
