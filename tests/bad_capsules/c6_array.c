/* An array of characters; text is a span.
 *
 * EXPECT: refuse C6 "string literal"
 */

#include "bad.h"

static const char bad_text[] = "text";

static void bad_f(struct bad *self)
{
	self->index = sizeof(bad_text);
}
